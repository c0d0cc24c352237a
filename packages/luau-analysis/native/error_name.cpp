#include "error_name.h"

// Every alternative of Luau's TypeErrorData. One that is missing here does not compile.
#define TYPE_ERRORS(X) \
    X(TypeMismatch) \
    X(UnknownSymbol) \
    X(UnknownProperty) \
    X(NotATable) \
    X(CannotExtendTable) \
    X(CannotCompareUnrelatedTypes) \
    X(OnlyTablesCanHaveMethods) \
    X(DuplicateTypeDefinition) \
    X(CountMismatch) \
    X(FunctionDoesNotTakeSelf) \
    X(FunctionRequiresSelf) \
    X(OccursCheckFailed) \
    X(UnknownRequire) \
    X(IncorrectGenericParameterCount) \
    X(SyntaxError) \
    X(CodeTooComplex) \
    X(UnificationTooComplex) \
    X(UnknownPropButFoundLikeProp) \
    X(GenericError) \
    X(InternalError) \
    X(ConstraintSolvingIncompleteError) \
    X(CannotCallNonFunction) \
    X(ExtraInformation) \
    X(DeprecatedApiUsed) \
    X(ModuleHasCyclicDependency) \
    X(IllegalRequire) \
    X(FunctionExitsWithoutReturning) \
    X(DuplicateGenericParameter) \
    X(CannotAssignToNever) \
    X(CannotInferBinaryOperation) \
    X(MissingProperties) \
    X(SwappedGenericTypeParameter) \
    X(OptionalValueAccess) \
    X(MissingUnionProperty) \
    X(TypesAreUnrelated) \
    X(NormalizationTooComplex) \
    X(TypePackMismatch) \
    X(DynamicPropertyLookupOnExternTypesUnsafe) \
    X(UninhabitedTypeFunction) \
    X(UninhabitedTypePackFunction) \
    X(WhereClauseNeeded) \
    X(PackWhereClauseNeeded) \
    X(CheckedFunctionCallError) \
    X(NonStrictFunctionDefinitionError) \
    X(PropertyAccessViolation) \
    X(CheckedFunctionIncorrectArgs) \
    X(UnexpectedTypeInSubtyping) \
    X(UnexpectedTypePackInSubtyping) \
    X(ExplicitFunctionAnnotationRecommended) \
    X(UserDefinedTypeFunctionError) \
    X(BuiltInTypeFunctionError) \
    X(ReservedIdentifier) \
    X(UnexpectedArrayLikeTableItem) \
    X(CannotCheckDynamicStringFormatCalls) \
    X(GenericTypeCountMismatch) \
    X(GenericTypePackCountMismatch) \
    X(MultipleNonviableOverloads) \
    X(RecursiveRestraintViolation) \
    X(GenericBoundsMismatch) \
    X(UnappliedTypeFunction) \
    X(InstantiateGenericsOnNonFunction) \
    X(TypeInstantiationCountMismatch) \
    X(AmbiguousFunctionCall)

namespace
{

struct Name
{
#define NAME(kind) \
    const char* operator()(const Luau::kind&) const \
    { \
        return #kind; \
    }
    TYPE_ERRORS(NAME)
#undef NAME
};

} // namespace

const char* error_name(const Luau::TypeError& error)
{
    return Luau::visit(Name{}, error.data);
}
