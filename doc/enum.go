package doc

import "strings"

// Every closed vocabulary of the document is a uint8 whose value 0 is "unset"
// and whose other values have one name, the one the published reading uses.

type enum interface{ ~uint8 }

func enumName[E enum](names []string, v E) string {
	if int(v) < len(names) {
		return names[v]
	}
	return ""
}

// enumParse gives the value of a name; the second result is false, and the
// value unset, where the vocabulary has no such name.
func enumParse[E enum](names []string, s string) (E, bool) {
	for i := 1; i < len(names); i++ {
		if names[i] == s {
			return E(i), true
		}
	}
	return 0, false
}

func vocabulary(names string) []string { return append([]string{""}, strings.Fields(names)...) }

func enumValues[E enum](names []string) []E {
	out := make([]E, 0, len(names)-1)
	for i := 1; i < len(names); i++ {
		out = append(out, E(i))
	}
	return out
}
