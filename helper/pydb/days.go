package pydb

import "time"

// The days of a project's releases are one line, newest release first. Each is a
// number of days before the one before it, in digits of base 64 from "0" to "o"; all
// digits but the last are one of the fifteen from "p" to "~", which stand for 0 to 14.
// The first day is counted from 1970-01-01 on. Before a number may be
//
//	!  it counts days after the one before it
//	.  in the place of a number: the day is not known
const (
	dayDigit  = '0' // of 0
	dayPrefix = 'p' // of 0
	lowBase   = 64
	highBase  = 15
	dayLater  = '!'
	noDay     = '.'

	maxDay = 100_000 // days since 1970: far more than will be
)

// encodeDays is the line of days, with its end.
func encodeDays(releases []*gathered) []byte {
	b := make([]byte, 0, len(releases)+4)
	last, known := 0, false
	for _, r := range releases {
		if r.Uploaded == "" {
			b = append(b, noDay)
			continue
		}
		day := dayNumber(r.Uploaded)
		before := last - day
		switch {
		case !known:
			before = day
		case before < 0:
			b, before = append(b, dayLater), -before
		}
		b = appendDays(b, before)
		last, known = day, true
	}
	return append(b, '\n')
}

func appendDays(b []byte, n int) []byte {
	var high []byte
	for h := n / lowBase; h > 0; h /= highBase {
		high = append(high, byte(dayPrefix+h%highBase))
	}
	for i := len(high) - 1; i >= 0; i-- {
		b = append(b, high[i])
	}
	return append(b, byte(dayDigit+n%lowBase))
}

// decodeDays reads the line of days of n releases.
func decodeDays(line string, n int) ([]string, bool) {
	r := dayReader{days: make([]string, 0, n), sign: -1}
	for i := 0; i < len(line); i++ {
		if !r.read(line[i]) {
			return nil, false
		}
	}
	return r.days, len(r.days) == n && r.high == 0 && r.sign == -1
}

type dayReader struct {
	days []string
	last int    // day that is known
	text string // of it, "" if there is none
	sign int    // -1: the number to come counts days before it
	high int    // digits of that so far
}

func (r *dayReader) read(c byte) bool {
	begun := r.high > 0 || r.sign > 0
	switch {
	case c == noDay && !begun:
		r.days = append(r.days, "")
	case c == dayLater && !begun && r.text != "":
		r.sign = 1
	case dayPrefix <= c && c < dayPrefix+highBase:
		r.high = r.high*highBase + int(c-dayPrefix)
		return 0 < r.high && r.high <= maxDay
	case dayDigit <= c && c < dayDigit+lowBase:
		return r.number(r.high*lowBase + int(c-dayDigit))
	default:
		return false
	}
	return true
}

// number takes the number of days from the last day to the next.
func (r *dayReader) number(n int) bool {
	switch {
	case r.text == "":
		r.last = n
	default:
		r.last += r.sign * n
	}
	if r.last < 0 || r.last > maxDay {
		return false
	}
	if n > 0 || r.text == "" {
		r.text = dayOf(r.last)
	}
	r.days = append(r.days, r.text)
	r.high, r.sign = 0, -1
	return true
}

func dayOf(n int) string {
	return time.Unix(int64(n)*24*60*60, 0).UTC().Format(time.DateOnly)
}

func dayNumber(day string) int {
	t, _ := time.Parse(time.DateOnly, day)
	return int(t.Unix() / (24 * 60 * 60))
}

// validDay says whether a day of an upload can be written.
func validDay(day string) bool {
	t, err := time.Parse(time.DateOnly, day)
	return err == nil && t.Unix() >= 0 && dayNumber(day) <= maxDay
}
