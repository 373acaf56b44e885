package tag

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/verbs.txt
var verbsTXT string

// verbs gives the base form of each inflected form of the verbs in
// data/verbs.txt: "tackled" is tackle, and not the "tackl" that the commonest
// ending of the training data makes of it. The map is never written once made.
var verbs = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(verbsTXT) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			base := strings.TrimSuffix(w, "*")
			for _, f := range inflect(base, base != w) {
				m[f] = base
			}
		}
	}
	return m
})

// inflect gives the third person, past and -ing forms of a regular verb.
func inflect(base string, double bool) []string {
	last := base[len(base)-1]
	switch {
	case strings.HasSuffix(base, "ie"):
		return []string{base + "s", base + "d", base[:len(base)-2] + "ying"}
	case last == 'e':
		return []string{base + "s", base + "d", base[:len(base)-1] + "ing"}
	case last == 'y' && !strings.ContainsRune("aeiou", rune(base[len(base)-2])):
		return []string{base[:len(base)-1] + "ies", base[:len(base)-1] + "ied", base + "ing"}
	case double:
		stem := base + string(last)
		out := []string{base + "s", stem + "ed", stem + "ing"}
		if last == 'l' || last == 'p' { // American spelling: canceled, kidnaped
			out = append(out, base+"ed", base+"ing")
		}
		return out
	}
	third := base + "s"
	for _, end := range []string{"s", "x", "z", "ch", "sh", "o"} {
		if strings.HasSuffix(base, end) {
			third = base + "es"
		}
	}
	return []string{third, base + "ed", base + "ing"}
}

// verbLemma is the base form of a verb of the list, "" for another word or
// another tag than those of inflected verbs.
func verbLemma(form, xpos string) string {
	switch xpos {
	case "VBD", "VBN", "VBG", "VBZ":
		var buf [64]byte
		return verbs()[string(appendLower(buf[:0], form))]
	}
	return ""
}
