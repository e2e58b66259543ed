"""``python -m regsheet``: the command, for where a computer does not find it by its name alone."""

from regsheet.cli.main import main

if __name__ == "__main__":
    main()
