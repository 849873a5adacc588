package pydb

// LastStream says how many bytes the xz stream has that data ends with, and whether it
// is marked as a root is: by the kind of its check. Data need not hold its beginning.
// So the roots that a file ended with before it was updated are found, from the end on.
func LastStream(data []byte) (size int64, root bool, err error) {
	t, err := parseTail(data)
	return t.stream, t.check == checkSHA256, err
}

// MinTail is how many bytes LastStream needs at most of the end of a stream.
const MinTail = footerLen + maxIndex
