package setuppy

import (
	"fmt"
	"maps"
	"slices"

	"mach/helper/setuppy/worlds"
)

// way is what a way through the file gives to setup, in some environments.
type way struct {
	alive worlds.Box
	taken []decision
	call  called
	bad   *unknown // it gives nothing that is known
}

// valued is a value of a keyword in a way.
type valued struct {
	*way
	plain
}

// merged is the value of a keyword over all ways.
func merged(ways []way, keyword string, table bool) Value {
	var all []valued
	for i := range ways {
		w := &ways[i]
		p, given := w.call.values[keyword]
		switch {
		case w.bad != nil:
			p = plain{kind: Lost, unknown: w.bad}
		case !given && w.call.rest != nil:
			p = plain{kind: Lost, unknown: w.call.rest}
		}
		all = append(all, valued{w, p})
	}
	return mergedValues(all, table)
}

func mergedValues(all []valued, table bool) Value {
	for _, v := range all {
		if v.kind == Lost {
			return lostValue(v.unknown)
		}
	}
	if table {
		return mergedTable(all)
	}
	if slices.ContainsFunc(all, func(v valued) bool { return v.kind == List }) {
		return mergedList(all)
	}
	first := all[0]
	for _, v := range all[1:] {
		if !alike(v.plain, first.plain) {
			return lostValue(whyDifferent(first, v))
		}
	}
	if first.kind == Table {
		return mergedTable(all)
	}
	return Value{Kind: first.kind, Text: first.text, Where: first.at}
}

func lostValue(u *unknown) Value { return Value{Kind: Lost, Unknown: u.Unknown} }

// alike says whether two values are the same, wherever they stand.
func alike(a, b plain) bool {
	return a.kind == b.kind && a.text == b.text && slices.Equal(a.keys, b.keys) && slices.EqualFunc(a.items, b.items, alike)
}

// parting is the decision in which two ways part; nil if that is one by the environment.
func parting(a, b *way) *unknown {
	for i := range min(len(a.taken), len(b.taken)) {
		if a.taken[i].yes != b.taken[i].yes {
			return a.taken[i].unknown
		}
	}
	return nil
}

func whyDifferent(a, b valued) *unknown {
	if u := parting(a.way, b.way); u != nil {
		return u
	}
	for d := range worlds.Dims {
		if a.alive[d].And(b.alive[d]).Empty() {
			return &unknown{Unknown: Unknown{Reason: fmt.Sprintf("it is another one for each %s", dimNames[d]), Where: a.at}}
		}
	}
	return &unknown{Unknown: Unknown{Reason: "it depends on the environment"}}
}

// maxRequirements bounds the items of a list that setup is given.
const maxRequirements = 5000

// mergedList says of each item in which environments it is there. A None is a list without items.
func mergedList(all []valued) Value {
	texts := make([]map[string]bool, len(all))
	for i, a := range all {
		if a.kind != List && a.kind != Absent || len(a.items) > maxRequirements {
			return lostValue(&unknown{Unknown: Unknown{Reason: "it is not always a list of a common size"}})
		}
		texts[i] = map[string]bool{}
		for _, item := range a.items {
			if item.kind != Text && item.kind != Other {
				return lostValue(itemUnknown(item))
			}
			texts[i][item.text] = true
		}
		for j, b := range all[:i] {
			if a.alive.Meets(b.alive) && !maps.Equal(texts[i], texts[j]) {
				return lostValue(whyDifferent(b, a))
			}
		}
	}
	return withMarkers(all, texts)
}

func withMarkers(all []valued, texts []map[string]bool) Value {
	out := Value{Kind: List}
	had, markers := map[string]bool{}, map[string]string{}
	for _, v := range all {
		for _, item := range v.items {
			if had[item.text] {
				continue
			}
			had[item.text] = true
			var on, off []worlds.Box
			pattern := ""
			for i, w := range all {
				if texts[i][item.text] {
					on, pattern = append(on, w.alive), pattern+"1"
				} else {
					off, pattern = append(off, w.alive), pattern+"0"
				}
			}
			if _, known := markers[pattern]; !known && len(off) > 0 {
				marker, ok := worlds.Marker(on, off)
				if !ok {
					return lostValue(&unknown{Unknown: Unknown{Reason: "no marker says where it is needed", Where: item.at}})
				}
				markers[pattern] = marker
			}
			out.Items = append(out.Items, Item{item.text, markers[pattern], item.at})
		}
	}
	return out
}

func itemUnknown(p plain) *unknown {
	if p.unknown != nil {
		return p.unknown
	}
	return &unknown{Unknown: Unknown{Reason: "it has an item that is no text"}}
}

// mergedTable merges each key by itself.
func mergedTable(all []valued) Value {
	out := Value{Kind: Table}
	var keys []string
	for _, v := range all {
		if v.kind != Table && v.kind != Absent {
			return lostValue(&unknown{Unknown: Unknown{Reason: "it is no dict", Where: v.at}})
		}
		for _, key := range v.keys {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	if len(keys) == 0 && all[0].kind == Absent {
		return Value{}
	}
	for _, key := range keys {
		var values []valued
		for _, v := range all {
			p := plain{kind: Absent}
			if i := slices.Index(v.keys, key); i >= 0 {
				p = asRequirements(v.items[i])
			}
			values = append(values, valued{v.way, p})
		}
		out.Entries = append(out.Entries, Entry{key, mergedValues(values, false)})
	}
	return out
}
