"""``python -m cleanwire``."""

from cleanwire.cli.main import main

if __name__ == "__main__":
    main()
