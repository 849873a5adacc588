// Package standard shows that mach's lock is the one of PEP 751: other installers install just what mach chose, mach
// reads the locks of other tools and keeps what they have, and the same lock is the same bytes whatever the machine.
//
// tests/standard/run installs the newest uv, pip and pypa/packaging and runs it all; without them and without a network
// "go test" runs what needs none of them.
package standard
