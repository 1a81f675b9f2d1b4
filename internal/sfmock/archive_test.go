package sfmock

import "testing"

func TestFilesAreCounted(t *testing.T) {
	t.Parallel()
	archive := zipOf(t, map[string]string{
		"pkg/package.xml": "", "pkg/destructiveChangesPost.xml": "", "pkg/certs/A.crt": "", "pkg/certs/A.crt-meta.xml": "", "pkg/roles/package.role": "", "pkg/roles/": "",
	})
	if files, components := countFiles(archive); files != 5 || components != 2 {
		t.Errorf("%d files, %d components", files, components)
	}
	if files, components := countFiles([]byte("no archive")); files != 0 || components != 0 {
		t.Errorf("%d files, %d components", files, components)
	}
}
