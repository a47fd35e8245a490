"""The `village-ledger` command. Parses arguments, calls services, maps refusals to exit codes 2 and 3."""
