package join

import (
	"testing"

	"readout/reading"
	"readout/registry"
)

func TestIdentify(t *testing.T) {
	reg, err := registry.Default()
	if err != nil {
		t.Fatal(err)
	}
	person := func(name, country string) reading.Actor {
		return reading.Actor{Name: name, Kind: "person", Country: country, Code: country + "GOV"}
	}
	for _, c := range []struct {
		a, b reading.Actor
		same bool
	}{
		{person("Rebeca Grynspan", ""), person("Rebecca Grynspan", "UNO"), true},
		{person("Choe Son Hui", "PRK"), person("Choe Son-hui", "PRK"), true},
		{person("Álvaro Nuñez", ""), person("Alvaro Nunez", ""), true},
		{person("Marcus Bush", ""), person("Marcus Busch", ""), false},
		{person("Kim", "PRK"), person("Kim", "KOR"), false}, // a surname alone carries its country
		{reading.Actor{Name: "officials", Kind: "group", Anonymous: true}, reading.Actor{Name: "officials", Kind: "group", Anonymous: true}, false},
	} {
		x, y := Identify(reg, &c.a, 0), Identify(reg, &c.b, 0)
		if got := x.Key != "" && x.Key == y.Key; got != c.same {
			t.Errorf("%q and %q have keys %q and %q, want the same: %v", c.a.Name, c.b.Name, x.Key, y.Key, c.same)
		}
	}
}

func TestSide(t *testing.T) {
	for _, c := range []struct{ kind, country, code, key, want string }{
		{"person", "RUS", "RUSGOV", "x", "RUS"},
		{"person", "RUS", "RUSMIL", "x", "RUS"},
		{"person", "VEN", "VENOPP", "x", "VENOPP"},
		{"organization", "COD", "CODREB", "m23", "CODREB"},
		{"person", "USA", "USAJRN", "x", ""},
		{"person", "UNO", "IGOUNO", "x", "UNO"},
		{"organization", "IGO", "IGO", "african-union", "african-union"},
		{"place", "CHE", "CHE", "place-che-geneva", ""},
		{"person", "", "", "x", ""},
	} {
		if got := side(c.kind, c.country, c.code, c.key); got != c.want {
			t.Errorf("side(%s, %s, %s, %s) = %q, want %q", c.kind, c.country, c.code, c.key, got, c.want)
		}
	}
}
