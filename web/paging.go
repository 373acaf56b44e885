package web

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"
)

// frequent keeps the n names with the highest counts, the highest first.
func frequent(names []string, count map[string]int, n int) []string {
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
	return names[:min(n, len(names))]
}

// paged is the part of a list that follows a mark, and the mark of what follows
// it, "" at the end. A mark tells the thing it stands after, so that a list that
// grows meanwhile goes on where it was.
func paged[T any](list []T, mark string, n int, id func(T) string) ([]T, string, error) {
	if mark != "" {
		b, err := base64.RawURLEncoding.DecodeString(mark)
		after, ok := strings.CutPrefix(string(b), "1:")
		i := slices.IndexFunc(list, func(x T) bool { return id(x) == after })
		if err != nil || !ok || i < 0 {
			return nil, "", bad("after: not a mark of this list")
		}
		list = list[i+1:]
	}
	if len(list) <= n {
		return list, "", nil
	}
	list = list[:n]
	return list, base64.RawURLEncoding.EncodeToString([]byte("1:" + id(list[n-1]))), nil
}
