package dev.paygateway.chaos.lint;

import java.nio.file.Path;

/** A program of a known version. */
public record Tool(String name, String version, Path program) {
    @Override
    public String toString() {
        return name + " " + version;
    }
}
