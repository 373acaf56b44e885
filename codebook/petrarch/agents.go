package petrarch

import (
	"fmt"
	"io"
	"strings"
)

// The format of agents:
//
//	!PERSON! = MAN, MEN, WOMAN, WOMEN    a set of words
//	POLICE_OFFICER [~COP]                a noun and the role it adds to a country: FREEDONIA's is FRECOP
//	COUNTRY!PERSON! [~CVL]               COUNTRYMAN, COUNTRYMEN, …
//	ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD]   a plural that is not regular
//	POLICE {} [~COP]                     no plural
//	AID_AGENCY [NGO~]                    a code that comes before the country's
//
// Regular plurals are made of the noun, unless a set or {} says otherwise. Words
// follow one another in the text whether blanks or underscores join them.

// agent is the code of a noun and where it goes: before the country's, as NGO,
// or after it, as GOV.
type agent struct {
	code   string
	before bool
}

// maxSet is how many nouns one line may make.
const maxSet = 256

// ReadAgents adds the agents of a file. The error is that of reading; ill-formed
// lines are in Loaded.Passed.
func (d *Dictionary) ReadAgents(name string, r io.Reader) (Loaded, error) {
	f, err := open(name, r)
	if err != nil {
		return Loaded{Name: name}, err
	}
	sets := map[string][]string{}
	if d.codes == nil {
		d.codes = map[string]bool{}
	}
	for {
		line, ok := f.next()
		if !ok {
			return f.Loaded, nil
		}
		line = strings.TrimSpace(line)
		if set, words, ok := strings.Cut(line, "="); ok && line[0] == '!' {
			if err := addSet(sets, set, words); err != nil {
				f.pass("%v", err)
			}
			continue
		}
		a, nouns, err := parseAgent(line, sets)
		if err != nil {
			f.pass("%v", err)
			continue
		}
		id := int32(len(d.nouns))
		d.nouns = append(d.nouns, a)
		d.codes[a.code] = true
		f.Entries++
		f.Phrases += len(nouns)
		for _, n := range nouns {
			d.agents.add(n, id)
		}
	}
}

func addSet(sets map[string][]string, name, words string) error {
	name = strings.TrimSpace(name)
	if len(name) < 3 || strings.Count(name, "!") != 2 || name[len(name)-1] != '!' {
		return fmt.Errorf("set %q; write !NAME! = WORD, WORD", name)
	}
	for _, w := range strings.Split(words, ",") {
		if w = strings.TrimSpace(w); w != "" {
			sets[name] = append(sets[name], w)
		}
	}
	if len(sets[name]) == 0 {
		return fmt.Errorf("set %s has no words; write !NAME! = WORD, WORD", name)
	}
	return nil
}

// parseAgent reads "NOUN {PLURAL} [~CODE]".
func parseAgent(line string, sets map[string][]string) (agent, [][]string, error) {
	phrase, rest, ok := strings.Cut(line, "[")
	if !ok {
		return agent{}, nil, fmt.Errorf("no code; write [~CODE] behind the noun")
	}
	code, after, ok := strings.Cut(rest, "]")
	if !ok {
		return agent{}, nil, fmt.Errorf("a [ without a ]; write the code as [~CODE]")
	}
	if strings.TrimSpace(after) != "" {
		return agent{}, nil, fmt.Errorf("words behind the code; begin a comment with #")
	}
	a := agent{code: strings.ToUpper(strings.TrimSpace(code))}
	switch {
	case strings.HasPrefix(a.code, "~"):
		a.code = a.code[1:]
	case strings.HasSuffix(a.code, "~"):
		a.code, a.before = a.code[:len(a.code)-1], true
	default:
		return agent{}, nil, fmt.Errorf("code %q has no ~; write ~CODE to put it behind a country, CODE~ before it", code)
	}
	if a.code == "" || strings.Trim(a.code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return agent{}, nil, fmt.Errorf("code %q; capitals are wanted beside the ~", code)
	}
	forms := []string{}
	irregular := false
	if noun, more, ok := strings.Cut(phrase, "{"); ok {
		given, tail, ok := strings.Cut(more, "}")
		if !ok || strings.TrimSpace(tail) != "" {
			return agent{}, nil, fmt.Errorf("a { without a } before the code; write the plural as {PLURAL}, {} for none")
		}
		irregular, phrase = true, noun
		if given = strings.TrimSpace(given); given != "" {
			forms = append(forms, given)
		}
	}
	phrase = strings.ToUpper(strings.TrimSpace(phrase))
	singular, err := substitute(phrase, sets)
	if err != nil {
		return agent{}, nil, err
	}
	forms = append(forms, singular...)
	if bare := strings.TrimRight(phrase, "_"); !irregular && bare == phrase && len(singular) == 1 {
		forms = append(forms, plural(phrase))
	}
	var nouns [][]string
	for _, n := range forms {
		p := pieces(n)
		if len(p) == 0 || len(p) > maxPieces {
			return agent{}, nil, fmt.Errorf("noun %q; one to %d words are wanted, joined by _", n, maxPieces)
		}
		nouns = append(nouns, p)
	}
	return a, nouns, nil
}

// substitute puts each word of a set in the place of its name.
func substitute(phrase string, sets map[string][]string) ([]string, error) {
	out := []string{phrase}
	for n := 0; strings.Contains(out[0], "!"); n++ {
		_, rest, _ := strings.Cut(out[0], "!")
		name, _, ok := strings.Cut(rest, "!")
		words := sets["!"+name+"!"]
		if !ok || len(words) == 0 {
			return nil, fmt.Errorf("no set !%s!; define it above as !NAME! = WORD, WORD", name)
		}
		if len(out)*len(words) > maxSet || n > 4 {
			return nil, fmt.Errorf("sets that make more than %d nouns; split the line", maxSet)
		}
		var next []string
		for _, o := range out {
			for _, w := range words {
				next = append(next, strings.Replace(o, "!"+name+"!", w, 1))
			}
		}
		out = next
	}
	return out, nil
}

// Agent gives the longest noun that begins with word i of n: its code, whether
// that goes before a country's or after it, and how many words the noun takes; 0
// when there is none.
func (d *Dictionary) Agent(words func(int) string, n, i int) (code string, before bool, length int) {
	ids, length := d.agents.walk(words, n, i)
	if length == 0 {
		return "", false, 0
	}
	a := d.nouns[ids[0]]
	return a.code, a.before, length
}

// Role reports whether a code is that of an agent by itself, without a country.
func (d *Dictionary) Role(code string) bool { return d.codes[code] }
