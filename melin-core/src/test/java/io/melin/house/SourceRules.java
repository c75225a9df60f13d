package io.melin.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** The budgets and names of one file; collects what breaks them, and the invariants it declares. */
final class SourceRules extends TreePathScanner<Void, Void> {
    private static final Pattern BANNED_TYPE =
            Pattern.compile(
                    "(?<![A-Z])(Manager|Helper|Utils?|Impl|Base|Abstract|Data|Info|(?<!Post)Processor|Context)"
                            + "(?![a-z])|^I[A-Z][a-z]");
    private static final Set<String> CONTEXTS = Set.of("EventContext", "QueryContext");
    private static final Set<String> BANNED_VARIABLES = Set.of("seq", "buf", "ctx", "cfg", "mgr");
    private static final Pattern UNFINISHED = Pattern.compile("\\b([T]ODO|[F]IXME|[X]XX)\\b");
    private static final Pattern INVARIANT = Pattern.compile("(?<![\\w(])([A-Z]\\d{1,2}): ");

    /** A numbered promise in the doc of a class. */
    record Invariant(String type, String number) {
        private static final Pattern NO_WORD = Pattern.compile("\\W+");
        private static final Pattern AT_END_OF_NAME = Pattern.compile("[a-z](([A-Z]\\d{1,2})+)$");
        private static final Pattern NUMBER = Pattern.compile("[A-Z]\\d{1,2}");

        /** The words of a test, and the numbers at the end of its methods' names. */
        static Set<String> words(String test) {
            Set<String> words = new HashSet<>();
            for (String word : NO_WORD.split(test)) {
                words.add(word);
                Matcher end = AT_END_OF_NAME.matcher(word);
                if (end.find()) {
                    NUMBER.matcher(end.group(1)).results().forEach(n -> words.add(n.group()));
                }
            }
            return words;
        }

        /** Whether a test of these words names the promise, and the type or the type's test. */
        boolean isCitedIn(Set<String> words) {
            return words.contains(number)
                    && (words.contains(type) || words.contains(type + "Test"));
        }
    }

    private final JavaSource source;
    private final List<String> broken = new ArrayList<>();
    private final List<Invariant> invariants = new ArrayList<>();
    private String type = "";
    private int nesting;
    private int deepest;

    private SourceRules(JavaSource source) {
        this.source = source;
    }

    static SourceRules check(JavaSource source) {
        SourceRules rules = new SourceRules(source);
        rules.limit("file-lines", "", source.lines(), 400);
        rules.limit("columns", "", source.columns(), 100);
        if (UNFINISHED.matcher(source.text()).find()) {
            rules.broken.add("unfinished " + source.path());
        }
        rules.scan(source.unit(), null);
        return rules;
    }

    List<String> broken() {
        return broken;
    }

    List<Invariant> invariants() {
        return invariants;
    }

    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
        String outer = type;
        String name = tree.getSimpleName().toString();
        if (!name.isEmpty()) {
            type = outer.isEmpty() ? name : outer + "." + name;
            checkClass(tree, name);
        }
        super.visitClass(tree, nothing);
        type = outer;
        return null;
    }

    private void checkClass(ClassTree tree, String name) {
        if (BANNED_TYPE.matcher(name).find() && !CONTEXTS.contains(name)) {
            broken.add("name " + source.path() + " " + type);
        }
        long fields = tree.getMembers().stream().filter(SourceRules::isInstanceField).count();
        if (tree.getKind() == Tree.Kind.RECORD) {
            limit("record-components", type, (int) fields, 8);
        } else if (!name.endsWith("Padding")) {
            limit("fields", type, (int) fields, 10);
        }
        Matcher number = INVARIANT.matcher(source.doc(getCurrentPath()));
        while (number.find()) {
            invariants.add(new Invariant(name, number.group(1)));
        }
    }

    private static boolean isInstanceField(Tree member) {
        return member instanceof VariableTree field
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    @Override
    public Void visitMethod(MethodTree tree, Void nothing) {
        boolean isConstructor = tree.getReturnType() == null;
        String name = type + "." + (isConstructor ? "new" : tree.getName());
        boolean isOfRecord =
                getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        if (isConstructor && !isOfRecord) {
            limit("constructor-parameters", name, tree.getParameters().size(), 4);
        }
        limit("method-lines", name, source.linesOf(tree), 60);
        int before = deepest;
        deepest = nesting;
        super.visitMethod(tree, nothing);
        limit("nesting", name, deepest - nesting, 3);
        deepest = before;
        return null;
    }

    @Override
    public Void visitVariable(VariableTree tree, Void nothing) {
        if (BANNED_VARIABLES.contains(tree.getName().toString())) {
            broken.add("name " + source.path() + " " + type + "." + tree.getName());
        }
        return super.visitVariable(tree, nothing);
    }

    /** Everything that indents counts one; an else-if does not indent, nor does a case. */
    @Override
    public Void scan(Tree tree, Void nothing) {
        boolean isNested = tree != null && indents(tree);
        nesting += isNested ? 1 : 0;
        deepest = Math.max(deepest, nesting);
        super.scan(tree, nothing);
        nesting -= isNested ? 1 : 0;
        return null;
    }

    private boolean indents(Tree tree) {
        if (tree instanceof IfTree) {
            return !(getCurrentPath().getLeaf() instanceof IfTree parent
                    && parent.getElseStatement() == tree);
        }
        return tree instanceof ForLoopTree
                || tree instanceof EnhancedForLoopTree
                || tree instanceof WhileLoopTree
                || tree instanceof DoWhileLoopTree
                || tree instanceof SwitchTree
                || tree instanceof SwitchExpressionTree
                || tree instanceof TryTree
                || tree instanceof SynchronizedTree
                || (tree instanceof LambdaExpressionTree lambda
                        && lambda.getBodyKind() == LambdaExpressionTree.BodyKind.STATEMENT);
    }

    private void limit(String rule, String subject, int value, int max) {
        if (value > max) {
            broken.add(
                    (rule + " " + source.path() + " " + subject).trim()
                            + " "
                            + value
                            + " of "
                            + max);
        }
    }
}
