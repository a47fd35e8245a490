"""The command line: the same services as the window, for automation and tests (contract in docs/formats.md).

`main` picks a command, loads its module and nothing else, and turns refusals into exit codes:
0 fine, 2 bad input (Chinese message on stderr), 3 integrity failure.
"""

ACTOR = "命令行"
"""Who the log names for what was done on the command line."""
