package setuppy

import (
	"strings"
)

// formatted is a field of an f-string or of format. Only plain texts are known, without width or precision.
func formatted(o object, conversion, spec string) (string, bool) {
	if t, ok := o.(*str); ok && t.bytes || spec != "" && spec != "s" && spec != "d" {
		return "", false
	}
	if _, whole := o.(int64); spec == "d" && !whole {
		return "", false
	}
	switch conversion {
	case "", "s":
		return show(o)
	case "r":
		return repr(o)
	}
	return "", false
}

// percent is format % value.
func percent(format string, value object) (string, bool) {
	args := []object{value}
	if l, ok := value.(*list); ok && l.kind == '(' {
		args = l.items
	}
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		i++
		var o object
		switch rest := format[min(i, len(format)):]; {
		case rest == "":
			return "", false
		case rest[0] == '%':
			b.WriteByte('%')
			continue
		case rest[0] == '(':
			end := strings.IndexByte(rest, ')')
			d, ok := value.(*dict)
			if end < 0 || !ok || d.lost != nil || end+1 == len(rest) {
				return "", false
			}
			if o, ok = d.get(text(rest[1:end])); !ok {
				return "", false
			}
			i += end + 1
		case len(args) == 0:
			return "", false
		default:
			o, args = args[0], args[1:]
		}
		one, ok := percentOne(format[i], o)
		if !ok || b.Len() > maxText {
			return "", false
		}
		b.WriteString(one)
	}
	_, isDict := value.(*dict)
	return b.String(), isDict || len(args) == 0
}

func percentOne(verb byte, o object) (string, bool) {
	switch _, whole := integer(o); {
	case verb == 's':
		return show(o)
	case verb == 'r':
		return repr(o)
	case (verb == 'd' || verb == 'i') && whole:
		n, _ := integer(o)
		return show(n)
	}
	return "", false
}

// format is s.format(args, named).
func (r *run) format(s string, c *call) (string, bool) {
	var b strings.Builder
	next := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '{' && s[i] != '}' {
			b.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == s[i] {
			b.WriteByte(s[i])
			i++
			continue
		}
		end := strings.IndexByte(s[i:], '}')
		if end < 0 || s[i] == '}' || b.Len() > maxText {
			return "", false
		}
		one, ok := formatField(s[i+1:i+end], c, &next)
		if !ok {
			return "", false
		}
		b.WriteString(one)
		i += end
	}
	return b.String(), true
}

func formatField(field string, c *call, next *int) (string, bool) {
	name, spec, _ := strings.Cut(field, ":")
	name, conversion, _ := strings.Cut(name, "!")
	var o object
	first, key, indexed := strings.Cut(name, "[")
	switch n, isNumber := atoi(first); {
	case first == "":
		o = c.arg(*next, "")
		*next++
	case isNumber:
		o = c.arg(n, "")
	default:
		o = c.arg(-1, first)
	}
	if indexed {
		o = keyed(o, strings.TrimSuffix(key, "]"))
	}
	if o == nil {
		return "", false
	}
	return formatted(o, conversion, spec)
}

// keyed is o[key] of a format; nil if it is not known.
func keyed(o object, key string) object {
	n, isNumber := atoi(key)
	switch o := o.(type) {
	case *dict:
		if o.lost == nil && !isNumber {
			v, _ := o.get(text(key))
			return v
		}
	case *list:
		if o.lost == nil && isNumber && o.kind != '{' && o.kind != 'g' {
			return at(o.items, int64(n))
		}
	}
	return nil
}

func atoi(s string) (n int, ok bool) {
	if s == "" || len(s) > 6 {
		return 0, false
	}
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
