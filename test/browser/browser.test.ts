// All of them in one file, so that one process installs a Chromium where there is none, while others test the rest.

import './explorer.ts'
import './provider.ts'
import './tasks.ts'
