package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AllCommandTest {

    @Test
    void allCommandsAreInIt() {
        Set<String> commands = Bench.line().getSubcommands().keySet();
        List<String> names =
                AllCommand.parts().stream().map(part -> part.command().get(0)).toList();

        assertThat(names)
                .containsAll(commands.stream().filter(name -> !name.equals("all")).toList());
    }

    @Test
    void allSuitesAreInItOnce() {
        List<AllCommand.Part> parts = AllCommand.parts();

        assertThat(parts.stream().map(AllCommand.Part::name)).doesNotHaveDuplicates();
        assertThat(
                        parts.stream()
                                .flatMap(part -> part.command().stream())
                                .collect(Collectors.toSet()))
                .containsAll(List.of(Suite.values()).stream().map(Enum::name).toList());
    }

    @Test
    void eachPartIsACommandThatTakesWhatItGets() {
        for (AllCommand.Part part : AllCommand.parts()) {
            List<String> all = new ArrayList<>(part.command());
            all.addAll(List.of("--out", "somewhere"));
            all.addAll(part.isTimed() ? List.of("--rounds", "1", "--warm-up", "0") : List.of());

            assertThat(Bench.line().parseArgs(all.toArray(String[]::new)).errors())
                    .as(part.name())
                    .isEmpty();
        }
    }
}
