package io.melin.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The CPU time that the process' control groups grant it, as a number of CPUs.
 *
 * <p>A group is bound by its ancestors too, so the least along the way counts. In a container the
 * path that the kernel prints may lead outside of what is mounted; the mount's own root then is the
 * group. What cannot be read grants no less than everything.
 */
final class CgroupQuota {
    private static final String MOUNTS = "sys/fs/cgroup";

    private final Path root;

    /**
     * @param root of the file tree: {@code /} but for tests
     */
    CgroupQuota(Path root) {
        this.root = root;
    }

    OptionalDouble cpus() {
        double least = Double.MAX_VALUE;
        String groups = read(root.resolve("proc/self/cgroup")).orElse("");
        for (String line : groups.lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3) {
                least = Math.min(least, ofHierarchy(parts[1], parts[2]));
            }
        }
        return least < Double.MAX_VALUE ? OptionalDouble.of(least) : OptionalDouble.empty();
    }

    /** A line of {@code /proc/self/cgroup}; controllers are empty for version 2. */
    private double ofHierarchy(String controllers, String path) {
        Path mounts = root.resolve(MOUNTS);
        if (controllers.isEmpty()) {
            return least(mounts, path);
        }
        if (List.of(controllers.split(",")).contains("cpu")) {
            return Math.min(
                    least(mounts.resolve("cpu"), path), least(mounts.resolve(controllers), path));
        }
        return Double.MAX_VALUE;
    }

    private static double least(Path mount, String path) {
        double least = Double.MAX_VALUE;
        for (Path group : lineage(mount, path)) {
            least = Math.min(least, ofGroup(group).orElse(Double.MAX_VALUE));
        }
        return least;
    }

    private static List<Path> lineage(Path mount, String path) {
        List<Path> lineage = new ArrayList<>();
        Path group = mount.resolve(path.replaceFirst("^/+", "")).normalize();
        while (group != null && group.startsWith(mount) && !group.equals(mount)) {
            lineage.add(group);
            group = group.getParent();
        }
        lineage.add(mount);
        return lineage;
    }

    private static OptionalDouble ofGroup(Path group) {
        Optional<String> max = read(group.resolve("cpu.max"));
        if (max.isPresent()) {
            return ProcText.quota(max.get());
        }
        return ProcText.quota(
                read(group.resolve("cpu.cfs_quota_us")).orElse(""),
                read(group.resolve("cpu.cfs_period_us")).orElse(""));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            // Not there: another kernel, another version of control groups, or no group at all.
            return Optional.empty();
        }
    }
}
