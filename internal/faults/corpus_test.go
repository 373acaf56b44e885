package faults

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// writeCorpus writes n short articles, of which one in fifty is a later version of
// another one and one in twenty a copy of another in another outlet, as lines of
// JSON in no order, and gives the file.
func writeCorpus(tb testing.TB, n int) string {
	tb.Helper()
	rng := rand.New(rand.NewPCG(8, 2026))
	// Many names, so that it is not one event that all tell of.
	offices := [...]string{"Foreign Minister", "Prime Minister", "President", "Defence Minister"}
	countries := [...]string{"French", "German", "Turkish", "Indian", "Russian", "Polish", "Brazilian", "Japanese", "Egyptian", "Kenyan", "Swedish", "Peruvian"}
	first := [...]string{"Anna", "Boris", "Carla", "David", "Elena", "Felix", "Greta", "Hugo"}
	last := [...]string{"Arden", "Bellow", "Corvin", "Dallas", "Emmer", "Fallon", "Garvey", "Hollis", "Ibsen", "Jarrow", "Kessel", "Lander"}
	places := [...]string{"Geneva", "Vienna", "Doha", "Cairo", "Astana", "Nairobi", "Ankara", "Oslo"}
	topics := [...]string{"a prisoner exchange", "grain exports", "a ceasefire", "border crossings", "sanctions", "humanitarian aid"}
	outlets := [...]string{"Courier", "Herald", "Tribune", "Post", "Observer", "Chronicle"}
	verbs := [...]string{"met", "held talks with", "spoke by phone with", "will meet", "is to meet", "postponed a meeting with"}
	type line struct {
		ID        string `json:"id"`
		Text      string `json:"text"`
		Title     string `json:"title"`
		Outlet    string `json:"outlet"`
		URL       string `json:"url,omitempty"`
		Published string `json:"published"`
		Modified  string `json:"modified,omitempty"`
	}
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	somebody := func() string {
		return fmt.Sprintf("%s %s %s %s", pick(countries[:]), pick(offices[:]), pick(first[:]), pick(last[:]))
	}
	var lines []line
	for i := range n {
		at := time.Date(2023, 1, 2, 6, 0, 0, 0, time.UTC).Add(time.Duration(i) * 97 * time.Minute)
		switch {
		case i > 50 && i%50 == 7:
			l := lines[i-50]
			l.Text += " This article was corrected."
			l.Modified = at.Format(time.RFC3339)
			lines = append(lines, l)
			continue
		case i > 20 && i%20 == 11:
			l := lines[i-1]
			l.ID, l.Outlet, l.URL, l.Published = fmt.Sprint("copy-", i), pick(outlets[:]), "", at.Format(time.RFC3339)
			lines = append(lines, l)
			continue
		}
		place, topic := pick(places[:]), pick(topics[:])
		lines = append(lines, line{
			ID: fmt.Sprint("item-", i), Title: fmt.Sprintf("Talks in %s", place), Outlet: pick(outlets[:]), URL: fmt.Sprintf("https://example.org/%d", i), Published: at.Format(time.RFC3339),
			Text: fmt.Sprintf("%s %s %s in %s on %s about %s, item %d.", somebody(), pick(verbs[:]), somebody(), place, at.AddDate(0, 0, rng.IntN(3)-1).Weekday(), topic, i),
		})
	}
	rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	name := filepath.Join(tb.TempDir(), "corpus.jsonl")
	f, err := os.Create(name)
	if err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	for i := range lines {
		if err := enc.Encode(&lines[i]); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return name
}
