package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuBudgetTest {
    @TempDir Path root;

    @Test
    void doesWithTheJvmsCountWhereTheSystemTellsNothing() {
        CpuBudget budget = CpuBudget.read(root, 3);

        assertThat(budget.allowed()).containsExactly(0, 1, 2);
        assertThat(budget.isolated()).isEmpty();
        assertThat(budget.quota()).isEmpty();
        assertThat(budget.usable()).isEqualTo(3);
    }

    @Test
    void readsMaskIsolatedCoresAndQuota() throws IOException {
        write("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-3\n");
        write("sys/devices/system/cpu/isolated", "6-7\n");
        write("proc/self/cgroup", "0::/a/b\n");
        write("sys/fs/cgroup/a/b/cpu.max", "250000 100000\n");

        CpuBudget budget = CpuBudget.read(root, 4);

        assertThat(budget.allowed()).containsExactly(0, 1, 2, 3);
        assertThat(budget.isolated()).containsExactly(6, 7);
        assertThat(budget.pinnable()).containsExactly(0, 1, 2, 3, 6, 7);
        assertThat(budget.quota()).hasValue(2.5);
        assertThat(budget.usable()).isEqualTo(2);
    }

    @Test
    void takesTheLeastQuotaOfAGroupAndItsAncestors() throws IOException {
        write("proc/self/cgroup", "0::/a/b\n");
        write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
        write("sys/fs/cgroup/a/cpu.max", "150000 100000\n");
        write("sys/fs/cgroup/cpu.max", "800000 100000\n");

        assertThat(new CgroupQuota(root).cpus()).hasValue(1.5);
    }

    @Test
    void takesTheMountsRootWhereThePathLeadsOutOfTheContainer() throws IOException {
        write("proc/self/cgroup", "0::/../../other\n");
        write("sys/fs/cgroup/cpu.max", "100000 100000\n");
        write("cpu.max", "1 100000\n");

        assertThat(new CgroupQuota(root).cpus()).hasValue(1.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3:cpu:/x           | cpu/x",
                "3:cpu,cpuacct:/x   | cpu,cpuacct/x",
                "3:cpu,cpuacct:/x   | cpu/x",
                "3:cpuacct,cpu:/x/y | cpuacct,cpu/x",
                "3:cpu:/docker/7f   | cpu",
            })
    void readsTheQuotaOfVersion1(String line, String directory) throws IOException {
        write("proc/self/cgroup", "9:name=systemd:/\n" + line + "\n0::/\n");
        write("sys/fs/cgroup/" + directory + "/cpu.cfs_quota_us", "300000\n");
        write("sys/fs/cgroup/" + directory + "/cpu.cfs_period_us", "100000\n");

        assertThat(new CgroupQuota(root).cpus()).hasValue(3.0);
    }

    @ParameterizedTest
    @CsvSource({"3:cpuset:/x", "3:cpuacct:/x", "nonsense", "''"})
    void readsNoQuotaFromOtherHierarchies(String line) throws IOException {
        write("proc/self/cgroup", line + "\n");
        write("sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "300000\n");
        write("sys/fs/cgroup/cpu/x/cpu.cfs_period_us", "100000\n");

        assertThat(new CgroupQuota(root).cpus()).isEmpty();
    }

    @Test
    void readsNoLimitOfVersion1() throws IOException {
        write("proc/self/cgroup", "1:cpu:/\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");

        assertThat(new CgroupQuota(root).cpus()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8,4,-1,4", "2,4,-1,2", "8,8,2.9,2", "8,8,0.5,1", "8,8,99,8", "1,1,-1,1"})
    void usesTheLeastOfCountMaskAndQuota(int processors, int allowed, double quota, int usable) {
        CpuBudget budget =
                new CpuBudget(
                        processors,
                        ProcText.cores("0-" + (allowed - 1)),
                        Collections.emptySortedSet(),
                        quota < 0 ? OptionalDouble.empty() : OptionalDouble.of(quota));

        assertThat(budget.usable()).isEqualTo(usable);
    }

    @Test
    void refusesAProcessWithoutACpu() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new CpuBudget(1, new TreeSet<>(), new TreeSet<>(), OptionalDouble.empty()));
    }

    @Test
    void agreesWithTheJvmAboutThisProcess() {
        CpuBudget budget = CpuBudget.detect();

        assertThat(budget.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(budget.usable()).isBetween(1, budget.processors());
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, text);
    }
}
