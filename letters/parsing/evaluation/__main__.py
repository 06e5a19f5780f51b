import sys

from letters.parsing.evaluation import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
