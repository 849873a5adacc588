package cli

import "github.com/alecthomas/kong"

// flagsFirst puts the flags of a command before its arguments, which may then be given in any order, as pip and uv take
// them; kong wants all arguments in one place. Behind "--" everything is an argument.
func flagsFirst(app *kong.Application, args []string) []string {
	node, n := command(app.Node, args)
	if len(node.Positional) == 0 {
		return args
	}
	ordered := append([]string(nil), args[:n]...)
	var arguments []string
	for i := n; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			arguments = append(arguments, args[i+1:]...)
			i = len(args)
		case len(arg) < 2 || arg[0] != '-':
			arguments = append(arguments, arg)
		default:
			ordered = append(ordered, arg)
			if takesNext(node, arg) && i+1 < len(args) {
				i++
				ordered = append(ordered, args[i])
			}
		}
	}
	if len(arguments) == 0 {
		return ordered
	}
	return append(append(ordered, "--"), arguments...)
}

// command is the command that args begin with, and how many words name it.
func command(node *kong.Node, args []string) (*kong.Node, int) {
	for n, arg := range args {
		var child *kong.Node
		for _, c := range node.Children {
			if c.Name == arg {
				child = c
			}
		}
		if child == nil {
			return node, n
		}
		node = child
	}
	return node, len(args)
}

// takesNext says whether the word behind a flag is its value.
func takesNext(node *kong.Node, arg string) bool {
	for _, group := range node.AllFlags(false) {
		for _, f := range group {
			if arg == "--"+f.Name || f.Short != 0 && arg == "-"+string(f.Short) {
				return !f.IsBool() && !f.IsCounter()
			}
		}
	}
	return false
}
