//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"readout/examples"
)

// peak runs the program by itself and gives the most memory it held, in bytes.
// This process is a floor below it, on Linux.
func peak(t *testing.T, args ...string) int64 {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = append([]string{"readout"}, args...) // as TestMain tells it
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	n := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS != "darwin" { // bytes there, KiB elsewhere
		n <<= 10
	}
	return n
}

// A long article takes what a sentence takes, one piece, and what is found in
// the text, some nine times its bytes. So 10 MB of news stay below 300 MB. (All
// at once they took more than 60 times their bytes.)
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads 3 MB")
	}
	const piece, each = 50 << 20, 12
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	sentence := "The foreign ministers of Norway and Chile met in Geneva on Monday. "
	base := peak(t, "read", "--format", "json", file("sentence.txt", sentence))
	for _, c := range []struct {
		name string
		size int
	}{{"line", 1 << 20}, {"news", 2 << 20}} {
		text := longArticle(c.name, c.size)
		got, most := peak(t, "read", "--format", "json", file(c.name+".txt", text)), base+piece+each*int64(len(text))
		t.Logf("%s of %d MB: %d MiB, a sentence %d MiB", c.name, c.size>>20, got>>20, base>>20)
		if got > most {
			t.Errorf("%s of %d bytes: %d MiB, at most %d are allowed", c.name, len(text), got>>20, most>>20)
		}
	}
}

// longArticle is a text of some size: one line, paragraphs, a sentence without
// an end, quotation marks, or news: the examples over and over, in which other
// people act each time.
func longArticle(kind string, size int) string {
	const sentence = "The foreign ministers of Norway and Chile met in Geneva on Monday. "
	unit := sentence
	switch kind {
	case "paragraphs":
		unit = strings.Repeat(sentence+"Mr. Smith said that the talks had been useful, and that they would go on next week. “We have agreed on nothing,” he said. ", 3) + "\n\n"
	case "endless":
		unit = "the minister and the president of the council "
	case "marks":
		unit = `"`
	case "news":
		var b strings.Builder
		for n := 0; b.Len() < size; n++ {
			// Capital letters of most names move on by n.
			b.WriteString(strings.Map(func(r rune) rune {
				if 'F' <= r && r <= 'L' {
					return 'F' + (r-'F'+rune(n))%7
				}
				return r
			}, examples.All()[n%len(examples.All())].Text))
			b.WriteString("\n\n")
		}
		return strings.ToValidUTF8(b.String()[:size], "")
	}
	return strings.Repeat(unit, size/len(unit)+1)[:size/len(unit)*len(unit)]
}
