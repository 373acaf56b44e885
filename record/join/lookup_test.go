package join

import (
	"fmt"
	"testing"
)

// TestLookups holds that of two that are tied each is found by the other,
// whichever comes first, and whether or not they tell their day.
func TestLookups(t *testing.T) {
	quote := "we shall open the crossing before the winter and keep it open for all who wait"
	day := Day("2024-03-05")
	var articles []*Article
	var sayings []*Saying
	for i, d := range []int{0, day, day + 6, day + 7, day + 14, day + 15, day - 7, day + quoteDays, day - quoteDays - 1} {
		text := words(quote + fmt.Sprintf(" and that is all of part %d of the long report that was read out here today by the clerk", i))
		a := &Article{ID: fmt.Sprint("v", i), Day: d}
		a.Sample, a.Bands = sketch(grams(text, shingle))
		articles = append(articles, a)
		for _, by := range []string{"", "Q1", "Q2"} {
			s := &Saying{ID: fmt.Sprint("s", i, by), Article: a.ID, Form: "direct", Quotes: []string{quote}, Published: d, Text: quote}
			if by != "" {
				s.By = &Actor{Key: by}
			}
			sayings = append(sayings, s)
		}
	}
	tied := 0
	for i, a := range sayings {
		for _, b := range sayings[:i] {
			if Sayings(a, b).Kind == "" {
				continue
			}
			tied++
			if !found(a.Lookups(), b.Keys()) || !found(b.Lookups(), a.Keys()) {
				t.Errorf("sayings %s and %s are one, and one does not find the other", a.ID, b.ID)
			}
		}
	}
	if tied < 30 {
		t.Errorf("only %d sayings are tied", tied)
	}
	for i, a := range articles {
		for _, b := range articles[:i] {
			if x, y := found(a.Lookups(), b.Keys()), found(b.Lookups(), a.Keys()); x != y {
				t.Errorf("article %s finds %s: %v, the other way: %v", a.ID, b.ID, x, y)
			} else if near := a.Day != 0 && b.Day != 0 && distance(a.Day, b.Day) <= wireDays; near && !x {
				t.Errorf("articles %s and %s, %d days apart, do not find each other", a.ID, b.ID, distance(a.Day, b.Day))
			}
		}
	}
	if a, b := articles[0], articles[1]; !found(a.Lookups(), b.Keys()) {
		t.Error("an article without a day does not find its copy")
	}
}

func found(ranges []Range, keys []Key) bool {
	for _, r := range ranges {
		for _, k := range keys {
			if k.Block == r.Block && r.From <= k.Day && k.Day <= r.To {
				return true
			}
		}
	}
	return false
}
