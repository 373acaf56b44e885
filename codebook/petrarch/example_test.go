package petrarch_test

import (
	"fmt"
	"log"
	"strings"
	"time"

	"readout/codebook/petrarch"
)

// Who somebody is depends on the day; lines that break the format are named.
func ExampleDictionary_Actor() {
	var d petrarch.Dictionary
	loaded, err := d.ReadActors("my.actors.txt", strings.NewReader(`
ILSE_VANDORNE_
	[SBRGOV 20200101-20231231]
	[SBROPP >20240101]
	[SBRBUS 2019]
`))
	if err != nil {
		log.Fatal(err)
	}
	for _, line := range loaded.Passed {
		fmt.Println(line)
	}
	words := strings.Fields("Ilse Vandorne said")
	for _, year := range []int{2022, 2025} {
		day := time.Date(year, time.May, 1, 0, 0, 0, 0, time.UTC)
		code, n := d.Actor(func(i int) string { return words[i] }, len(words), 0, day)
		fmt.Println(year, code, n)
	}
	// Output:
	// my.actors.txt:5: dates "2019"; write <DAY, >DAY or DAY-DAY
	// 2022 SBRGOV 2
	// 2025 SBROPP 2
}

// What a verb is in CAMEO depends on the words around it.
func ExampleVerb_Match() {
	var d petrarch.Dictionary
	if _, err := d.ReadVerbs("my.verbs.txt", strings.NewReader(`
--- SIGN [050] ---
SIGN
- * PACT (WITH +) [057:057]
`)); err != nil {
		log.Fatal(err)
	}
	sign := d.Verb("signed", "sign", func(string) bool { return false })
	pact := petrarch.Phrase{Words: []petrarch.Word{{Form: "pacts", Lemma: "pact"}}}
	with := petrarch.Phrase{Words: []petrarch.Word{{Form: "with", Lemma: "with"}, {Form: "chad", Lemma: "chad"}}, Prep: true, Actor: true, ID: 7}
	fmt.Println(sign.Match(&petrarch.Clause{}).Active)
	m := sign.Match(&petrarch.Clause{Lower: []petrarch.Phrase{pact, with}})
	fmt.Println(m.Active, m.Target)
	// Output:
	// 050
	// 057 7
}
