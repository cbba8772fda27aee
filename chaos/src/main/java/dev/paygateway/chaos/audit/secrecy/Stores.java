package dev.paygateway.chaos.audit.secrecy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Where secrets must not be, and which.
 *
 * @param folders searched file by file, as they lie there
 * @param left files and folders below them that are made to hold secrets, or hold no run's data
 * @param pages read over HTTP, such as metrics
 */
public record Stores(List<Path> folders, Set<Path> left, List<Page> pages, List<Canary> canaries) {
    public Stores {
        folders = List.copyOf(folders);
        left = Set.copyOf(left);
        pages = List.copyOf(pages);
        canaries = List.copyOf(canaries);
    }

    /** In place of the texts, which nothing may print. */
    @Override
    public String toString() {
        return "%s, %d pages, %d canaries".formatted(folders, pages.size(), canaries.size());
    }
}
