package registry_test

import (
	"fmt"
	"log"
	"strings"
	"time"

	"readout/registry"
)

func ExampleRegistry_MatchAt() {
	r, err := registry.Default()
	if err != nil {
		log.Fatal(err)
	}
	words := strings.Fields("The Azerbaijani leader flew to Sharm el - Sheikh , Ankara said .")
	for i := 0; i < len(words); i++ {
		found := r.MatchAt(func(i int) string { return words[i] }, len(words), i)
		for _, m := range found {
			fmt.Println(strings.Join(words[i:i+m.N], " "), "is", m.Form, "of", m.Entry.Kind, m.Entry.Name)
		}
		if len(found) > 0 {
			i += found[0].N - 1
		}
	}
	// Output:
	// Azerbaijani is adjective of country Azerbaijan
	// Sharm el - Sheikh is name of place Sharm el-Sheikh
	// Ankara is capital of place Ankara
	// Ankara is metonym of country Turkey
}

func ExampleRegistry_Person() {
	r, err := registry.Default()
	if err != nil {
		log.Fatal(err)
	}
	for _, year := range []int{2008, 2015, 2024} {
		c := r.Person("Sergey Lavrov", time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC))[0]
		fmt.Println(c.Entry.Name, c.Entry.Country, c.Office.Title, c.Office.Role)
	}
	// Output:
	// Sergei Lavrov RUS Foreign Minister GOV
	// Sergei Lavrov RUS Foreign Minister GOV
	// Sergei Lavrov RUS Foreign Minister GOV
}

func ExampleRegistry_Holders() {
	r, err := registry.Default()
	if err != nil {
		log.Fatal(err)
	}
	kind := r.OfficeKindOf("secretary of state", "USA")
	for _, e := range r.Holders(kind, "USA", time.Date(2011, 3, 1, 0, 0, 0, 0, time.UTC)) {
		fmt.Println(kind, e.Name)
	}
	// Output: foreign-minister Hillary Clinton
}

func ExampleRegistry_RoleNoun() {
	r, err := registry.Default()
	if err != nil {
		log.Fatal(err)
	}
	n, words, _ := r.RoleNoun([]string{"the", "new", "deputy", "foreign", "minister"})
	fmt.Println(n.Noun, n.Role, n.Level, words)
	// Output: deputy foreign minister GOV officials 3
}
