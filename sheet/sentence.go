package sheet

import (
	"strings"

	"readout/record"
)

// became is what a status says of an event, in a sentence.
var became = map[string]string{
	"occurred": "took place", "ongoing": "is under way", "planned": "is planned", "conditional": "is planned on a condition", "proposed": "is proposed",
	"possible": "is spoken of", "postponed": "has been put off", "cancelled": "has been called off", "denied": "is denied",
	record.StatusDisputed: "is disputed", record.StatusLapsed: "was to come, and the day has gone by without a report",
}

// Sentence is an event as prose: "A phone call of Ana and Bo took place on 3 May
// 2024; confirmed by Norway." It says no more than the event's line.
func Sentence(e *record.Event) string {
	var b strings.Builder
	noun := Noun(e)
	switch {
	case noun == "talks", noun == "aid":
		b.WriteString(Capital(noun))
	case strings.ContainsRune("aeiou", rune(noun[0])):
		b.WriteString("An " + noun)
	default:
		b.WriteString("A " + noun)
	}
	if who := Who(e); who != "" {
		main, rest, _ := strings.Cut(who, "; ")
		if from, to, ok := strings.Cut(main, " → "); ok {
			main = from + " to " + to
			b.WriteString(" from ")
		} else if others(main) {
			b.WriteString(", ")
		} else {
			b.WriteString(" of ")
		}
		b.WriteString(main)
		if rest != "" {
			b.WriteString(" (" + rest + ")")
		}
	}
	if e.Place != "" {
		b.WriteString(" in " + e.Place)
	}
	is := became[e.Status.Value]
	if noun == "talks" {
		verb, rest, _ := strings.Cut(is, " ")
		if many := map[string]string{"is": "are", "has": "have", "was": "were"}[verb]; many != "" {
			is = many + " " + rest
		}
	}
	if is == "" {
		is = "is " + e.Status.Value
	}
	when := When(e)
	switch {
	case when == "":
	case len(e.From) == 10 && e.From == e.To && e.Granularity == "day":
		when = " on " + when
	default:
		when = " (" + when + ")"
	}
	if e.Status.Value == record.StatusLapsed {
		b.WriteString(when + " " + is)
	} else {
		b.WriteString(" " + is + when)
	}
	if e.Status.Value == record.StatusDisputed {
		b.WriteString(": " + e.Status.Rule)
	}
	if said := Parties(e); said != "" {
		b.WriteString("; " + said)
	}
	return b.String() + "."
}

// others reports whether a list of who takes part begins with another part than
// taking part: "host Jordan".
func others(who string) bool {
	for _, words := range []string{"host ", "mediated by ", "organised by ", "drafted by ", "invited ", "without "} {
		if strings.HasPrefix(who, words) {
			return true
		}
	}
	return false
}
