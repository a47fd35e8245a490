"""The chart of accounts and the members of its dimensions (往来户、项目…), shown and kept."""
