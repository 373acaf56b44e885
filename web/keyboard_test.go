package web_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"readout/record"
)

// browser is a tab of a real browser; the test is skipped where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes some seconds")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium")
	}
	opts := []chromedp.ExecAllocatorOption{chromedp.Headless, chromedp.DisableGPU, chromedp.ExecPath(path)}
	if os.Geteuid() == 0 { // its sandbox does not work for root
		opts = append(opts, chromedp.NoSandbox)
	}
	ctx, end := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(end)
	ctx, end = chromedp.NewContext(ctx)
	t.Cleanup(end)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	ctx, end = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(end)
	return ctx
}

func do(t *testing.T, ctx context.Context, what string, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func text(t *testing.T, ctx context.Context, selector string) string {
	t.Helper()
	s, err := chromedp.Run(ctx, chromedp.InnerHTML(selector))
	if err != nil {
		t.Fatalf("%s: %v", selector, err)
	}
	return s
}

// TestKeyboard goes through the queue without a mouse: an event is corrected, the
// correction is undone, and what comes next is accepted.
func TestKeyboard(t *testing.T) {
	ctx := browser(t)
	h, l := writable(t)
	site := httptest.NewServer(h)
	defer site.Close()
	seen := map[string]bool{}
	last := func() (last record.Taken) { // all are of one moment
		v, err := l.Decisions(context.Background(), record.Query{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range v.Decisions {
			if !seen[d.ID] {
				seen[d.ID], last = true, d
			}
		}
		return last
	}
	do(t, ctx, "open the queue", chromedp.Navigate(site.URL+"/review"), chromedp.WaitVisible(".item.here"))
	first := text(t, ctx, ".item.here .what")
	do(t, ctx, "go down and up", chromedp.KeyEvent("j"), chromedp.WaitVisible(".item:nth-of-type(2).here"), chromedp.KeyEvent("k"))
	if got := text(t, ctx, ".item.here .what"); got != first {
		t.Fatalf("j, k: at %q, from %q", got, first)
	}
	do(t, ctx, "help", chromedp.KeyEvent("?"), chromedp.WaitVisible("#keys"), chromedp.KeyEvent("?"))
	// The first asks where a meeting took place.
	// What is pressed here is typed too, as the key is not held back as in a
	// browser that people use: Backspace takes it away.
	do(t, ctx, "correct", chromedp.KeyEvent("e"), chromedp.KeyEvent(kb.Backspace), chromedp.KeyEvent("Ankara"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible("form.keep"))
	if b := text(t, ctx, "main"); !strings.Contains(b, "correct place = Ankara") {
		t.Fatalf("what it changes is not shown: %s", b)
	}
	do(t, ctx, "keep", chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(".did form.undo"))
	if d := last(); d.Do != record.DoCorrect || d.Field != "place" || d.Value != "Ankara" || d.By != "ana" {
		t.Fatalf("%+v", d)
	}
	do(t, ctx, "undo", chromedp.KeyEvent("u"), chromedp.WaitNotPresent(".did form.undo"), chromedp.WaitVisible(".did"))
	if d := last(); d.Do != record.DoUndo {
		t.Fatalf("%+v", d)
	}
	do(t, ctx, "accept", chromedp.KeyEvent("a"), chromedp.WaitVisible(".did form.undo"))
	if d := last(); d.Do != record.DoAccept {
		t.Fatalf("%+v", d)
	}
	if got := text(t, ctx, ".item.here .what"); got == first {
		t.Error("it does not go on to the next")
	}
}

// TestBrowserAdds pastes an article into the form, and follows it to its page.
func TestBrowserAdds(t *testing.T) {
	ctx := browser(t)
	h, _ := adding(t)
	site := httptest.NewServer(h)
	defer site.Close()
	do(t, ctx, "open", chromedp.Navigate(site.URL+"/add"), chromedp.SendKeys("#text", told), chromedp.SendKeys("#title", "Blinken in Beijing"), chromedp.SendKeys("#outlet", "Courier"),
		chromedp.Click("form.form .keep button"), chromedp.WaitVisible("td a"), chromedp.Click("td a"), chromedp.WaitVisible("article.text"))
	if b := text(t, ctx, "main"); !strings.Contains(b, "Blinken in Beijing") || !strings.Contains(b, "Courier") {
		t.Errorf("%s", b)
	}
}
