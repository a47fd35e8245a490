"""Taking over what another bookkeeping program exported: choose a file, check its columns, match its accounts."""
