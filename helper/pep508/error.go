package pep508

import "mach/helper/pep440"

// Error says what cannot be read, and where.
type Error = pep440.Error
