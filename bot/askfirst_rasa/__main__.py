"""`python -m askfirst_rasa`."""

import sys

from askfirst_rasa.launcher import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
