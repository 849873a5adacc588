package explanations

import (
	"cmp"
	"fmt"
	"os"
	"strings"
)

// documentOf is docs/explanations.md.
func documentOf(cases []*conflict) string {
	var b strings.Builder
	intro, err := os.ReadFile("intro.md")
	if err != nil {
		panic(err)
	}
	answered, err := os.ReadFile("answered.txt")
	if err != nil {
		panic(err)
	}
	b.WriteString(strings.NewReplacer("DAY", day, "ANSWERED", string(answered)).Replace(string(intro)))
	for i, c := range cases {
		fmt.Fprintf(&b, "\n## %d. %s\n", i+1, c.title)
		for _, name := range []string{"requirements.txt", "constraints.txt", "world"} {
			text, ok := c.files[name]
			if !ok {
				continue
			}
			b.WriteString("\n" + c.lead(name))
			block(&b, text)
		}
		if c.python != "3.12" || c.system != "x86_64-linux" || len(c.flags["mach"]) > 0 {
			fmt.Fprintf(&b, "\nfor Python %s on %s, `mach lock %s`\n", c.python, c.system, strings.Join(append(c.flags["mach"], "-r requirements.txt"), " "))
		}
		for _, who := range programs {
			fmt.Fprintf(&b, "\n**%s**\n\n", who)
			block(&b, c.files[who])
		}
	}
	table(&b, cases)
	return b.String()
}

// lead is what stands before a file.
func (c *conflict) lead(name string) string {
	switch {
	case name == "constraints.txt":
		return "with `constraints.txt`:\n\n"
	case name == "world" && c.real:
		return "where these releases stand for those that there are (uv and pip have all of them):\n\n"
	case name == "world":
		return "of these releases:\n\n"
	}
	return ""
}

func block(b *strings.Builder, text string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); line != "" {
			line = "    " + line
		}
		fmt.Fprintln(b, line)
	}
}

// table says of each message what it says.
func table(b *strings.Builder, cases []*conflict) {
	b.WriteString(`
## Who says what

*cause*: what excludes what, or what there is not, and for whom it is needed. *part*: some of that, or the same words that other causes have.
*act*: something to write or to type, which helps. *hint*: which way to look for that. *wrong*: another cause, or an advice that does not help.
A dash: nothing of all that.

| | | mach | uv | pip |
|---|---|---|---|---|
`)
	total := map[string]int{}
	for i, c := range cases {
		fmt.Fprintf(b, "| %d | %s |", i+1, c.title)
		for _, who := range programs {
			fmt.Fprintf(b, " %s |", cmp.Or(strings.Join(c.verdicts[who], ", "), "–"))
			for _, part := range c.verdicts[who] {
				total[who+part]++
			}
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(b, "| | of %d: cause, act |", len(cases))
	for _, who := range programs {
		fmt.Fprintf(b, " %d, %d |", total[who+"cause"], total[who+"act"])
	}
	b.WriteString("\n")
}
