package io.melin.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    @ParameterizedTest
    @CsvSource({
        "disk,      0, persisted>=1,                  local",
        "disk+ram,  1, persisted>=1 && in_memory>=2,  hybrid",
        "two-disks, 2, persisted>=2,                  durably-replicated",
        "ram,       3, in_memory>=2,                  replicated",
    })
    void knowsTheNamedOnesByNameByteExpressionAndFormerName(
            String name, int wireByte, String expression, String former) { // D2
        Policy policy = Policy.parse(name);

        assertThat(policy.wireByte()).isEqualTo(wireByte);
        assertThat(policy.expression()).isEqualTo(expression);
        assertThat(policy).hasToString(name);
        assertThat(Policy.parse(expression)).isEqualTo(policy).hasSameHashCodeAs(policy);
        assertThat(Policy.parse(former)).isSameAs(policy);
        assertThat(Policy.renamed(former)).contains(name);
        assertThat(Policy.renamed(name)).isEmpty();
        assertThat(Policy.fromWire(wireByte)).containsSame(policy);
        assertThat(Policy.names()).element(wireByte).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 254, 255, 256})
    void knowsNoOtherByte(int wireByte) {
        assertThat(Policy.fromWire(wireByte)).isEmpty();
    }

    @Test
    void hasNoByteForAnExpressionWithoutAName() {
        assertThat(Policy.parse("persisted>=3").wireByte()).isEqualTo(Policy.WIRE_UNKNOWN);
    }

    @Test
    void namesNoPolicyThatOneProcessCouldMeetInMemoryAlone() {
        for (String name : Policy.names()) {
            assertThat(Policy.parse(name).clauses()).allMatch(Clause::outlivesOneProcess);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DISK,                                            disk",
        "'  Disk+RAM ',                                   disk+ram",
        "persisted>=1&&in_memory>=2,                      disk+ram",
        "' IN_MEMORY >= 2  &&  Persisted >= 1 ',          disk+ram",
        "persisted>=1 && persisted>=1,                    disk",
        "persisted>=1 && persisted>=2 && in_memory>=2,    two-disks",
        "in_memory>=3 && persisted>=2,                    persisted>=2 && in_memory>=3",
        "persisted>=3,                                    persisted>=3",
    })
    void readsWhatItWrites(String text, String canonical) { // D1
        Policy policy = Policy.parse(text);

        assertThat(policy).hasToString(canonical);
        assertThat(Policy.parse(policy.toString())).isEqualTo(policy);
        assertThat(Policy.parse(policy.expression())).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource({
        "dsik,                          dsik,          unknown durability policy",
        "'',                            '''''',        a durability policy is empty",
        "'   ',                         '''''',        a durability policy is empty",
        "disk && ram,                   disk,          a clause lacks its >=",
        "persisted>1 && in_memory>=2,   persisted>1,   a clause lacks its >=",
        "persisted>=1 &&,               '''''',        a clause is missing beside &&",
        "&& persisted>=1,               '''''',        a clause is missing beside &&",
        "persistd>=1,                   persistd,      unknown level",
        ">=1,                           '''''',        unknown level",
        "persisted>=0,                  0,             a count is out of range",
        "persisted>=4,                  4,             a count is out of range",
        "persisted>=-1,                 -1,            a count is out of range",
        "persisted>=two,                two,           a count is out of range",
        "persisted>=11,                 11,            a count is out of range",
        "persisted>=,                   '''''',        a count is out of range",
        "persisted>=1 in_memory>=2,     1 in_memory>=2, a count is out of range",
        "persisted>=１,                  １,             a count is out of range",
    })
    void namesTheTokenThatItCannotRead(String text, String token, String problem) {
        PolicySyntaxException failure =
                catchThrowableOfType(PolicySyntaxException.class, () -> Policy.parse(text));

        assertThat(failure.token()).isEqualTo(token);
        assertThat(failure.policy()).isEqualTo(text);
        assertThat(failure)
                .hasMessageStartingWith(problem + ": policy=" + text + ", token=" + token + ";")
                .hasMessageContaining("disk, disk+ram, two-disks, ram")
                .hasMessageContaining("persisted and in_memory, counts 1 to 3");
    }

    @Test
    void needsAClause() {
        assertThatThrownBy(() -> Policy.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clauses=[]");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 4, Integer.MAX_VALUE})
    void refusesCountsOutsideOneToThree(int count) {
        assertThatThrownBy(() -> new Clause(Level.PERSISTED, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count=" + count);
    }

    @ParameterizedTest
    @CsvSource({
        "disk,                          true,  true,  true",
        "disk+ram,                      false, true,  true",
        "two-disks,                     false, true,  true",
        "ram,                           false, true,  true",
        "persisted>=3,                  false, false, true",
        "persisted>=1 && in_memory>=3,  false, false, true",
        "persisted>=1 && in_memory>=1,  true,  true,  true",
        "in_memory>=1,                  false, false, false",
    })
    void saysWhichTopologiesCanKeepIt(String text, boolean one, boolean two, boolean three) {
        Policy policy = Policy.parse(text);

        assertThat(policy.satisfiableBy(1)).isEqualTo(one);
        assertThat(policy.satisfiableBy(2)).isEqualTo(two);
        assertThat(policy.satisfiableBy(3)).isEqualTo(three);
    }

    @Test
    void tellsASingleNodeWhatToUse() {
        assertThat(Policy.DISK_AND_RAM.objection(1).orElseThrow())
                .contains("policy=disk+ram, needed=2, configured=1", "Use disk");
        assertThat(Policy.parse("in_memory>=1").objection(1).orElseThrow())
                .contains("policy=in_memory>=1", "use disk");
        assertThat(Policy.parse("persisted>=3").objection(2).orElseThrow())
                .contains("needed=3, configured=2", "counts up to 2");
    }
}
