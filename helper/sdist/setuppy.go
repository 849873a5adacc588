package sdist

// setupCall is what setup.py says to setup. A nil one says nothing.
type setupCall struct {
	why *Unknown // nothing of it is known
}

// extra is an entry of extras_require: its key, as written, and the requirements.
type extra struct {
	Text
	requirements []Text
}

// setupPy reads setup.py.
func (r *reader) setupPy() *setupCall {
	f, err := r.open("setup.py")
	if err != nil {
		return &setupCall{&Unknown{Reason: "setup.py: " + err.Error(), Text: Text{file: &file{name: r.p.File}}}}
	}
	return &setupCall{&Unknown{Reason: "setup.py says it", Text: Text{file: f}}}
}

// text is a keyword that is a text; the zero Text if it is not given.
func (c *setupCall) text(keyword string) (Text, *Unknown) {
	if c == nil {
		return Text{}, nil
	}
	return Text{}, c.why
}

// list are requirements, with the conditions under which setup is given them.
func (c *setupCall) list(keyword string) ([]Text, *Unknown) {
	if c == nil {
		return nil, nil
	}
	return nil, c.why
}

// table is extras_require, in its order.
func (c *setupCall) table(keyword string) ([]extra, *Unknown) {
	if c == nil {
		return nil, nil
	}
	return nil, c.why
}
