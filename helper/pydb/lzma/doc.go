// Package lzma decodes and makes the LZMA2 chunks of a database's xz streams.
//
// It is here beside github.com/ulikunitz/xz, which the tests compare it with, for
// three reasons, measured on shards of all of PyPI: it decodes at twice the speed or
// more, and allocates little because the text that it fills is its dictionary; it
// decodes as far as it is asked and stops within a chunk; and its encoder looks for
// the cheapest symbols, as `xz -9e` does, which makes shards an eighth smaller.
//
// Of LZMA it has what a database uses: lc is 0 to 4, lp and pb are 0. A chunk with
// another lp or pb is wrong. See the LZMA SDK's lzma-specification.txt for the
// symbols, and xz-file-format.txt, section 5.3.1, for LZMA2.
package lzma
