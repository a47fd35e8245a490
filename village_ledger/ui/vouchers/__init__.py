"""Voucher pages: typing and viewing one voucher, and the list of them, with the dialogs both need."""
