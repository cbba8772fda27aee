package dev.paygateway.chaos.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A run-book page: read by the on-call, executed by the drill.
 *
 * @param blocks in the order of the page
 */
record Page(Path file, String title, String hypothesis, Frame frame, List<Block> blocks) {
    Page {
        blocks = List.copyOf(blocks);
    }

    /**
     * Reads a page.
     *
     * @throws BadPage all that is wrong with it, each with its line
     */
    static Page read(Path file) {
        try {
            return PageParser.parse(file, Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("run-book " + file + " cannot be read", unreadable);
        }
    }

    String name() {
        return frame.drill();
    }

    /** The blocks of one phase, in the order of the page. */
    List<Block> of(Phase phase) {
        return blocks.stream().filter(block -> block.phase() == phase).toList();
    }
}
