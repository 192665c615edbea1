// The tests of the type level again, by the older compilers: in one file, so that each compiler starts once and reads its
// library once.

import '../static/app.test.ts'
import '../static/calls.test.ts'
import '../static/twins.test.ts'
