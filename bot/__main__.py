"""The command line: parses arguments, nothing else."""

from bot.cli import cli

if __name__ == "__main__":
    cli()
