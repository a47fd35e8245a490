"""Small reusable widgets. They take values in and emit wishes out, and know no bookkeeping words."""
