// Package packaging compares our reading of the standards with pypa/packaging's, on generated and on
// real strings. tests/packaging/run installs packaging and runs it; see differences.txt for what differs.
package packaging
