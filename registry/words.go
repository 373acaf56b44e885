package registry

import "strings"

// Words splits a phrase into words as UD English does for names and plain noun
// phrases: at spaces, before "'s", and around commas and brackets. It is for phrases that come without tokens; texts are tokenized elsewhere.
func Words(s string) []string {
	var out []string
	for _, f := range strings.Fields(s) {
		for f != "" && strings.ContainsRune("([\"“", firstRune(f)) {
			_, f = cutRune(f)
		}
		var after []string
		for f != "" && strings.IndexByte(",;:)]!?", f[len(f)-1]) >= 0 {
			after = append(after, f[len(f)-1:])
			f = f[:len(f)-1]
		}
		stem := f
		for _, clitic := range [...]string{"'s", "’s", "'", "’"} {
			if strings.HasSuffix(f, clitic) && len(f) > len(clitic) {
				stem = f[:len(f)-len(clitic)]
				after = append(after, f[len(stem):])
				break
			}
		}
		if stem != "" {
			out = append(out, stem)
		}
		for i := len(after) - 1; i >= 0; i-- {
			out = append(out, after[i])
		}
	}
	return out
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func cutRune(s string) (rune, string) {
	for i, r := range s {
		if i > 0 {
			return 0, s[i:]
		}
		_ = r
	}
	return 0, ""
}

// bare is name without a leading article and a closing 's.
func bare(name string) string {
	name = strings.TrimSpace(name)
	for _, a := range [...]string{"the ", "The ", "THE "} {
		name = strings.TrimPrefix(name, a)
	}
	for _, c := range [...]string{"'s", "’s"} {
		name = strings.TrimSuffix(name, c)
	}
	return name
}
