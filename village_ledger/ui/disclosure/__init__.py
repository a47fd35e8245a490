"""Disclosure (公开): the notices with their way from making to filing, villagers' questions, lists of benefits."""
