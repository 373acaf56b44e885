package reading

import "strings"

const byHand = "by hand: "

// ByHand is the Model of a reading in which somebody entered what the words say,
// over what a model read in them; model is "" where none did.
func ByHand(name, model string) string {
	if model == "" {
		return byHand + name
	}
	return byHand + name + "; " + model
}

// Hand tells who entered what a reading says; "" where only models read it. A
// model's reading never takes the place of one that was entered by hand.
func (r *Reading) Hand() string {
	s, ok := strings.CutPrefix(r.Model, byHand)
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(s, "; ")
	return name
}
