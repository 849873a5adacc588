package fixes

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
)

// key says what the value of a key of a [[fix]] is.
type key struct {
	kind     kind
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
	"name":                {kind: text, required: true, says: true, check: checkName},
	"why":                 {kind: text, required: true, says: true, check: checkFilled},
	"source":              {kind: text, required: true, says: true, check: checkLink},
	"formats":             {kind: array, required: true, says: true, check: oneOf("format", formats)},
	"versions":            {kind: text, says: true, check: checkVersions},
	"systems":             {kind: array, says: true, check: checkSystem},
	"evidence":            {kind: table, says: true, check: checkFilled, name: checkPath},
	"requires-dist":       {kind: table, parts: requiresDist},
	"requires-python":     {kind: text, check: checkVersions},
	"python-build":        {kind: array, sdist: true, check: checkRequirement},
	"native-build-inputs": {kind: array, sdist: true, check: checkAttribute},
	"build-inputs":        {kind: array, check: checkAttribute},
	"env":                 {kind: table, sdist: true, check: checkText, name: checkVariable},
	"flags":               {kind: array, sdist: true, check: checkFlag},
	"patches":             {kind: array, sdist: true, check: checkPath},
	"substitute-source":   {kind: array, sdist: true, fields: substitution},
	"substitute":          {kind: array, fields: substitution},
	"remove":              {kind: array, check: checkInstalled},
	"dlopen":              {kind: array, check: checkAttribute},
}

// The keys of requires-dist.
var requiresDist = map[string]key{
	"add":  {kind: array, check: checkNamed},
	"drop": {kind: array, check: checkProject},
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
	root := f.parse()
	if root == nil {
		return nil
	}
	for _, top := range root.fields {
		switch {
		case top.name != "fix":
			f.fail(top.place, "%q is unknown: a file of fixes has [[fix]] tables", top.name).Hint("[[fix]]")
		case !top.value.many && top.value.kind != array:
			f.fail(top.place, "[fix] is one table, and there may be several").Hint("[[fix]]")
		default:
			for _, item := range top.value.items {
				found = append(found, f.fix(item))
			}
		}
	}
	if len(found) == 0 && len(f.errs) == 0 {
		f.fail(unstable.Range{}, "there are no fixes").Hint("[[fix]]")
	}
	f.inOrder(root.get("fix"))
	return found
}

// fix checks one [[fix]], and takes what matters to a resolution.
func (f *file) fix(v *value) *Fix {
	if v.kind != table {
		f.fail(v.place, "a fix is a table, and this is %s", v.kind)
		return &Fix{}
	}
	does := false
	for _, given := range v.fields {
		k, ok := keys[given.name]
		if !ok {
			f.unknown(given, maps.Keys(keys))
			does = true // what it was meant to do is not known
			continue
		}
		does = does || !k.says
		f.check(given, k)
	}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		if keys[name].required && v.get(name) == nil {
			f.fail(v.place, "%s is missing", name).Hint("%s", example[name])
		}
	}
	if !does {
		f.fail(v.place, "the fix changes nothing")
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
func (f *file) unknown(given field, known func(func(string) bool)) {
	err := f.fail(given.place, "%q is no key of a fix", given.name)
	if near := release.Near(given.name, 1, known); len(near) > 0 {
		err.Hint("%s", near[0])
	} else {
		err.Hint("one of %s", strings.Join(slices.Sorted(known), ", "))
	}
}

// check checks the value of a key.
func (f *file) check(given field, k key) {
	v := given.value
	if v.kind != k.kind {
		f.fail(v.place, "%s is %s, and must be %s", given.name, v.kind, k.kind)
		return
	}
	switch k.kind {
	case text:
		f.failed(v, k.check(v.text))
	case array:
		f.array(given.name, v, k)
	case table:
		if k.parts != nil {
			f.parts(given, k.parts)
			return
		}
		for _, one := range v.fields {
			f.failed(&value{place: one.place, text: one.name}, k.name(one.name))
			f.isText(one.name, one.value, k.check)
		}
	}
}

// parts checks a table of which each key has values of its own.
func (f *file) parts(given field, parts map[string]key) {
	for _, one := range given.value.fields {
		if k, ok := parts[one.name]; ok {
			f.check(field{given.name + "." + one.name, one.place, one.value}, k)
		} else {
			f.unknown(one, maps.Keys(parts))
		}
	}
	if len(given.value.fields) == 0 {
		f.fail(given.place, "%s is empty", given.name)
	}
}

func (f *file) array(name string, v *value, k key) {
	if len(v.items) == 0 {
		f.fail(v.place, "%s is empty", name)
	}
	seen := map[string]bool{}
	for _, item := range v.items {
		switch {
		case k.fields != nil:
			f.substitution(name, item, k.fields)
		case !f.isText("an item of "+name, item, k.check):
		case seen[item.text]:
			f.fail(item.place, "%q stands twice", item.text)
		}
		seen[item.text] = true
	}
}

// substitution checks a table of texts.
func (f *file) substitution(name string, v *value, fields []string) {
	if v.kind != table {
		f.fail(v.place, "an item of %s is %s, and must be a table", name, v.kind).Hint(`{ file = "setup.py", from = "…", to = "…" }`)
		return
	}
	for _, one := range v.fields {
		switch {
		case !slices.Contains(fields, one.name):
			f.unknown(one, slices.Values(fields))
		case one.name == "file" && name == "substitute":
			f.isText(one.name, one.value, checkInstalled)
		case one.name == "file":
			f.isText(one.name, one.value, checkPath)
		case one.name == "from":
			f.isText(one.name, one.value, checkFilled)
		default:
			f.isText(one.name, one.value, checkText)
		}
	}
	for _, field := range fields {
		if v.get(field) == nil {
			f.fail(v.place, "%s of %s is missing", field, name)
		}
	}
}

func (f *file) isText(name string, v *value, check func(string) error) bool {
	if v.kind != text {
		f.fail(v.place, "%s is %s, and must be text", name, v.kind)
		return false
	}
	f.failed(v, check(v.text))
	return true
}

// failed reports an error of a text; one that knows its place in the text, there.
func (f *file) failed(v *value, err error) {
	var bad *pep440.Error
	switch {
	case err == nil:
	case errors.As(err, &bad) && int(v.place.Length) == len(v.text)+2:
		at := unstable.Range{Offset: v.place.Offset + 1 + uint32(bad.Offset), Length: uint32(bad.Len)}
		f.fail(at, "%v", err)
	default:
		f.fail(v.place, "%v", err)
	}
}

// uses reports keys that the formats of a fix have no use for.
func (f *file) uses(v *value) {
	given := textsOf(v.get("formats"))
	if len(given) == 0 || slices.Contains(given, "sdist") {
		return
	}
	for _, one := range v.fields {
		if keys[one.name].sdist {
			f.fail(one.place, "%s is for sdists, and this fix is for wheels", one.name).Hint(`formats = ["wheel", "sdist"]`)
		}
	}
}

// inOrder reports fixes that are not sorted by their names.
func (f *file) inOrder(v *value) {
	if v == nil {
		return
	}
	last := ""
	for _, item := range v.items {
		name := item.get("name")
		if name == nil || name.kind != text {
			continue
		}
		switch cmp.Compare(last, name.text) {
		case 0:
			f.fail(name.place, "the fix %q stands twice", name.text)
		case 1:
			f.fail(name.place, "the fix %q stands behind %q: they are sorted", name.text, last)
		}
		last = name.text
	}
}

// take is a checked table as a Fix. What is wrong in it is left out.
func take(v *value) *Fix {
	fix := &Fix{Formats: textsOf(v.get("formats")), Systems: textsOf(v.get("systems"))}
	if name := v.get("name"); name != nil {
		fix.Name = name.text
	}
	if versions := v.get("versions"); versions != nil {
		fix.Versions, _ = pep440.ParseSpecifiers(versions.text)
	}
	fix.PythonBuild = requirementsOf(v.get("python-build"))
	if requires := v.get("requires-dist"); requires != nil {
		fix.Adds, fix.Drops = requirementsOf(requires.get("add")), textsOf(requires.get("drop"))
	}
	if python := v.get("requires-python"); python != nil {
		fix.RequiresPython = python.text
	}
	return fix
}

// requirementsOf are the requirements of an array.
func requirementsOf(v *value) (all []pep508.Requirement) {
	for _, line := range textsOf(v) {
		if req, err := pep508.Parse(line); err == nil {
			all = append(all, req)
		}
	}
	return all
}

// textsOf are the texts of an array.
func textsOf(v *value) (all []string) {
	if v == nil {
		return nil
	}
	for _, item := range v.items {
		all = append(all, item.text)
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
