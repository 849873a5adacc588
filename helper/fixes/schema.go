package fixes

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/tomltree"
)

// key says what the value of a key of a [[fix]] is.
type key struct {
	kind     tomltree.Kind
	required bool
	sdist    bool               // it is of no use to a wheel
	says     bool               // it selects or explains, and changes nothing
	check    func(string) error // of the text, of each item, or of each field's value
	fields   []string           // an item is a table of these texts
	name     func(string) error // of each field's name
	parts    map[string]key     // the fields that there may be, instead of name; the value of each
}

// The keys of a [[fix]]; the package comment says what they are.
var keys = map[string]key{
	"name":                {kind: tomltree.String, required: true, says: true, check: checkName},
	"why":                 {kind: tomltree.String, required: true, says: true, check: checkFilled},
	"source":              {kind: tomltree.String, required: true, says: true, check: checkLink},
	"formats":             {kind: tomltree.Array, required: true, says: true, check: oneOf("format", formats)},
	"versions":            {kind: tomltree.String, says: true, check: checkVersions},
	"systems":             {kind: tomltree.Array, says: true, check: checkSystem},
	"evidence":            {kind: tomltree.Table, says: true, check: checkFilled, name: checkPath},
	"requires-dist":       {kind: tomltree.Table, parts: requiresDist},
	"requires-python":     {kind: tomltree.String, check: checkVersions},
	"python-build":        {kind: tomltree.Array, sdist: true, check: checkRequirement},
	"native-build-inputs": {kind: tomltree.Array, sdist: true, check: checkAttribute},
	"build-inputs":        {kind: tomltree.Array, check: checkAttribute},
	"env":                 {kind: tomltree.Table, sdist: true, check: checkText, name: checkVariable},
	"flags":               {kind: tomltree.Array, sdist: true, check: checkFlag},
	"patches":             {kind: tomltree.Array, sdist: true, check: checkPath},
	"substitute-source":   {kind: tomltree.Array, sdist: true, fields: substitution},
	"substitute":          {kind: tomltree.Array, fields: substitution},
	"remove":              {kind: tomltree.Array, check: checkInstalled},
	"dlopen":              {kind: tomltree.Array, check: checkAttribute},
}

// The keys of requires-dist.
var requiresDist = map[string]key{
	"add":  {kind: tomltree.Array, check: checkNamed},
	"drop": {kind: tomltree.Array, check: checkProject},
}

var (
	formats      = []string{"wheel", "sdist"}
	substitution = []string{"file", "from", "to"}
	kernels      = []string{"linux", "darwin"}
	cpus         = []string{"x86_64", "aarch64", "i686", "armv7l", "armv6l", "powerpc64le", "riscv64", "s390x"}

	nameForm      = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	variableForm  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	attributeForm = regexp.MustCompile(`^[A-Za-z_][\w'-]*(\.[A-Za-z_][\w'-]*)*( or [A-Za-z_][\w'-]*(\.[A-Za-z_][\w'-]*)*)*$`)
)

// fixes reads the [[fix]] tables.
func (f *file) fixes() (found []*Fix) {
	for _, top := range f.root.Fields {
		switch {
		case top.Key.Value != "fix":
			f.fail(top.Key, "%q is unknown: a file of fixes has [[fix]] tables", top.Key.Value).Hint("[[fix]]")
		case top.Kind != tomltree.Array:
			f.fail(top.Key, "[fix] is one table, and there may be several").Hint("[[fix]]")
		default:
			for _, item := range top.Items {
				found = append(found, f.fix(item))
			}
			f.inOrder(top.Items)
		}
	}
	if len(found) == 0 && len(f.errs) == 0 {
		f.fail(f.root.Text, "there are no fixes").Hint("[[fix]]")
	}
	return found
}

// fix checks one [[fix]], and takes what matters to a resolution.
func (f *file) fix(v *tomltree.Value) *Fix {
	if v.Kind != tomltree.Table {
		f.fail(v.Text, "a fix is a table, and this is %s", kindOf(v))
		return &Fix{}
	}
	does := false
	for _, given := range v.Fields {
		k, ok := keys[given.Key.Value]
		if !ok {
			f.unknown(given, maps.Keys(keys))
			does = true // what it was meant to do is not known
			continue
		}
		does = does || !k.says
		f.check(given.Key.Value, given, k)
	}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		if keys[name].required && v.At(name) == nil {
			f.fail(v.Text, "%s is missing", name).Hint("%s", example[name])
		}
	}
	if !does {
		f.fail(v.Text, "the fix changes nothing")
	}
	f.uses(v)
	return take(v)
}

var example = map[string]string{
	"name":    `name = "libmagic"`,
	"why":     `why = "ctypes finds no library that is only in the store"`,
	"source":  `source = "https://…"`,
	"formats": `formats = ["wheel", "sdist"]`,
}

// unknown reports a key that nobody knows, with the one that was meant.
func (f *file) unknown(given *tomltree.Value, known func(func(string) bool)) {
	err := f.fail(given.Key, "%q is no key of a fix", given.Key.Value)
	if near := release.Near(given.Key.Value, 1, known); len(near) > 0 {
		err.Hint("%s", near[0])
	} else {
		err.Hint("one of %s", strings.Join(slices.Sorted(known), ", "))
	}
}

// check checks the value of a key.
func (f *file) check(name string, v *tomltree.Value, k key) {
	if v.Kind != k.kind {
		f.fail(v.Text, "%s is %s, and must be %s", name, kindOf(v), kinds[k.kind])
		return
	}
	switch k.kind {
	case tomltree.String:
		f.failed(v.Text, k.check(v.Text.Value))
	case tomltree.Array:
		f.array(name, v, k)
	case tomltree.Table:
		if k.parts != nil {
			f.parts(name, v, k.parts)
			return
		}
		for _, one := range v.Fields {
			f.failed(one.Key, k.name(one.Key.Value))
			f.isText(one.Key.Value, one, k.check)
		}
	}
}

// parts checks a table of which each key has values of its own.
func (f *file) parts(name string, v *tomltree.Value, parts map[string]key) {
	for _, one := range v.Fields {
		if k, ok := parts[one.Key.Value]; ok {
			f.check(name+"."+one.Key.Value, one, k)
		} else {
			f.unknown(one, maps.Keys(parts))
		}
	}
	if len(v.Fields) == 0 {
		f.fail(v.Key, "%s is empty", name)
	}
}

func (f *file) array(name string, v *tomltree.Value, k key) {
	if len(v.Items) == 0 {
		f.fail(v.Text, "%s is empty", name)
	}
	seen := map[string]bool{}
	for _, item := range v.Items {
		switch {
		case k.fields != nil:
			f.substitution(name, item, k.fields)
		case !f.isText("an item of "+name, item, k.check):
		case seen[item.Text.Value]:
			f.fail(item.Text, "%q stands twice", item.Text.Value)
		}
		seen[item.Text.Value] = true
	}
}

// substitution checks a table of texts.
func (f *file) substitution(name string, v *tomltree.Value, fields []string) {
	if v.Kind != tomltree.Table {
		f.fail(v.Text, "an item of %s is %s, and must be a table", name, kindOf(v)).Hint(`{ file = "setup.py", from = "…", to = "…" }`)
		return
	}
	for _, one := range v.Fields {
		check := checkText
		switch key := one.Key.Value; {
		case !slices.Contains(fields, key):
			f.unknown(one, slices.Values(fields))
			continue
		case key == "file" && name == "substitute":
			check = checkInstalled
		case key == "file":
			check = checkPath
		case key == "from":
			check = checkFilled
		}
		f.isText(one.Key.Value, one, check)
	}
	for _, field := range fields {
		if v.At(field) == nil {
			f.fail(v.Text, "%s of %s is missing", field, name)
		}
	}
}

func (f *file) isText(name string, v *tomltree.Value, check func(string) error) bool {
	if v.Kind != tomltree.String {
		f.fail(v.Text, "%s is %s, and must be text", name, kindOf(v))
		return false
	}
	f.failed(v.Text, check(v.Text.Value))
	return true
}

// failed reports an error of a text; one that knows its place in the text, there.
func (f *file) failed(t tomltree.Text, err error) {
	var bad *pep440.Error
	switch {
	case err == nil:
	case errors.As(err, &bad):
		f.failAt(t.Within(bad.Offset, bad.Len), "%v", err)
	default:
		f.fail(t, "%v", err)
	}
}

// uses reports keys that the formats of a fix have no use for.
func (f *file) uses(v *tomltree.Value) {
	given := v.At("formats").Values()
	if len(given) == 0 || slices.Contains(given, "sdist") {
		return
	}
	for _, one := range v.Fields {
		if name := one.Key.Value; keys[name].sdist {
			f.fail(one.Key, "%s is for sdists, and this fix is for wheels", name).Hint(`formats = ["wheel", "sdist"]`)
		}
	}
}

// inOrder reports fixes that are not sorted by their names.
func (f *file) inOrder(fixes []*tomltree.Value) {
	last := ""
	for _, fix := range fixes {
		if !fix.At("name").Is(tomltree.String) {
			continue
		}
		name := fix.String("name")
		switch cmp.Compare(last, name.Value) {
		case 0:
			f.fail(name, "the fix %q stands twice", name.Value)
		case 1:
			f.fail(name, "the fix %q stands behind %q: they are sorted", name.Value, last)
		}
		last = name.Value
	}
}

// take is a checked table as a Fix. What is wrong in it is left out.
func take(v *tomltree.Value) *Fix {
	fix := &Fix{
		Name: v.String("name").Value, Formats: v.At("formats").Values(), Systems: v.At("systems").Values(),
		PythonBuild: requirementsOf(v.At("python-build")), RequiresPython: v.String("requires-python").Value,
		Adds: requirementsOf(v.At("requires-dist", "add")), Drops: v.At("requires-dist", "drop").Values(),
	}
	fix.Versions, _ = pep440.ParseSpecifiers(v.String("versions").Value)
	return fix
}

// requirementsOf are the requirements of an array.
func requirementsOf(v *tomltree.Value) (all []pep508.Requirement) {
	for _, line := range v.Values() {
		if req, err := pep508.Parse(line); err == nil {
			all = append(all, req)
		}
	}
	return all
}

func checkText(string) error { return nil }

func checkFilled(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("the text is empty")
	}
	return nil
}

func checkName(s string) error {
	if !nameForm.MatchString(s) {
		return fmt.Errorf("%q is no name of a fix: lower-case words and numbers, joined by dashes", s)
	}
	return nil
}

func checkLink(s string) error {
	if rest, ok := strings.CutPrefix(s, "https://"); !ok || rest == "" || strings.ContainsAny(rest, " \t\n") {
		return fmt.Errorf("%q is no link", s)
	}
	return nil
}

// checkVersions also refuses the empty specifier: where all releases are meant, there is no key.
func checkVersions(s string) error {
	specifiers, err := pep440.ParseSpecifiers(s)
	if err == nil && len(specifiers) == 0 {
		return errors.New("versions is empty: leave it out for all")
	}
	return err
}

func checkSystem(s string) error {
	cpu, kernel, ok := strings.Cut(s, "-")
	if !ok && !slices.Contains(kernels, s) {
		return fmt.Errorf("%q is no system: there are linux, darwin, and single ones such as x86_64-linux", s)
	}
	if !ok {
		return nil
	}
	if err := oneOf("kernel", kernels)(kernel); err != nil {
		return err
	}
	return oneOf("processor", cpus)(cpu)
}

func oneOf(what string, known []string) func(string) error {
	return func(s string) error {
		if slices.Contains(known, s) {
			return nil
		}
		return fmt.Errorf("%q is no %s: there are %s", s, what, strings.Join(known, ", "))
	}
}

func checkRequirement(s string) error {
	_, err := pep508.Parse(s)
	return err
}

// checkNamed wants a requirement that an index can answer.
func checkNamed(s string) error {
	req, err := pep508.Parse(s)
	if err == nil && req.URL != "" {
		return fmt.Errorf("%q is from a URL: a fix names a project", s)
	}
	return err
}

func checkProject(s string) error {
	if !pep508.ValidName(s) || pep508.NormalizeName(s) != s {
		return fmt.Errorf("%q is no project's name in normal form, such as %q", s, "ruamel-yaml")
	}
	return nil
}

func checkAttribute(s string) error {
	if !attributeForm.MatchString(s) {
		return fmt.Errorf("%q is no attribute of nixpkgs: libxml2, libxml2.dev, or \"libpq or postgresql\"", s)
	}
	return nil
}

func checkVariable(s string) error {
	if !variableForm.MatchString(s) {
		return fmt.Errorf("%q is no name of a variable", s)
	}
	return nil
}

func checkFlag(s string) error {
	if !strings.HasPrefix(s, "-") {
		return fmt.Errorf("%q is no flag: it begins with -, as in -Csetup-args=-Dx=true", s)
	}
	return nil
}

// checkPath wants a path that stays below where it begins.
func checkPath(s string) error {
	if s == "" || strings.HasPrefix(s, "/") || slices.Contains(strings.Split(s, "/"), "..") {
		return fmt.Errorf("%q is no path of a file below: no / in front, no .. in it", s)
	}
	return nil
}

// checkInstalled is checkPath for what may also lie below the package's own directory.
func checkInstalled(s string) error {
	return checkPath(strings.TrimPrefix(s, "@out@/"))
}
