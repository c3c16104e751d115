"""python -m ankommen"""

import sys

from ankommen.cli import main

sys.exit(main())
