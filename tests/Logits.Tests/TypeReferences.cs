using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Logits.Tests;

/// <summary>
/// What the types of a compiled assembly refer to: signatures are decoded, and bodies read instruction by instruction for the types and members they name.
/// </summary>
internal sealed class TypeReferences : ISignatureTypeProvider<string, object?>
{
    private readonly MetadataReader _metadata;
    private readonly HashSet<(string User, string Used)> _uses = [];
    private string _user = "";

    private TypeReferences(MetadataReader metadata) => _metadata = metadata;

    /// <summary>Pairs of an outermost type and a type, or member as Type::Member.</summary>
    private static readonly Dictionary<short, OpCode> Instructions = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => code.Value);

    public static HashSet<(string User, string Used)> Of(PEReader image)
    {
        TypeReferences references = new(image.GetMetadataReader());
        foreach (TypeDefinitionHandle type in references._metadata.TypeDefinitions)
            references.AddType(type, image);
        return references._uses;
    }

    private void AddType(TypeDefinitionHandle handle, PEReader image)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        _user = Name(handle);
        Add(type.BaseType);
        foreach (InterfaceImplementationHandle i in type.GetInterfaceImplementations())
            Add(_metadata.GetInterfaceImplementation(i).Interface);
        foreach (FieldDefinitionHandle field in type.GetFields())
            _metadata.GetFieldDefinition(field).DecodeSignature(this, null);
        foreach (MethodDefinitionHandle m in type.GetMethods())
        {
            MethodDefinition method = _metadata.GetMethodDefinition(m);
            method.DecodeSignature(this, null);
            if (method.RelativeVirtualAddress == 0)
                continue;
            MethodBodyBlock body = image.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
                _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null);
            AddCode(body.GetILBytes());
        }
    }

    /// <summary>The operands of instructions that are tokens; other operands may look like one.</summary>
    private void AddCode(ReadOnlySpan<byte> code)
    {
        for (int i = 0; i < code.Length;)
        {
            short value = code[i] == 0xfe ? (short)(0xfe00 | code[i + 1]) : code[i];
            OpCode instruction = Instructions[value];
            i += instruction.Size;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                AddToken(BitConverter.ToInt32(code[i..]));
            i += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code[i..]),
                _ => 4,
            };
        }
    }

    private void AddToken(int token)
    {
        int row = token & 0xffffff;
        bool isCode = (token >> 24) switch
        {
            0x01 => row <= _metadata.GetTableRowCount(TableIndex.TypeRef),
            0x02 => row <= _metadata.GetTableRowCount(TableIndex.TypeDef),
            0x04 => row <= _metadata.GetTableRowCount(TableIndex.Field),
            0x06 => row <= _metadata.GetTableRowCount(TableIndex.MethodDef),
            0x0a => row <= _metadata.GetTableRowCount(TableIndex.MemberRef),
            0x1b => row <= _metadata.GetTableRowCount(TableIndex.TypeSpec),
            0x2b => row <= _metadata.GetTableRowCount(TableIndex.MethodSpec),
            _ => false,
        };
        if (isCode && row > 0)
            Add(MetadataTokens.EntityHandle(token));
    }

    private void Add(EntityHandle handle)
    {
        if (handle.IsNil)
            return;
        switch (handle.Kind)
        {
            case HandleKind.TypeReference or HandleKind.TypeDefinition:
                _uses.Add((_user, Name(handle)));
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                break;
            case HandleKind.FieldDefinition:
                Add(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                MethodDefinition method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                AddMember(method.GetDeclaringType(), method.Name);
                break;
            case HandleKind.MemberReference:
                MemberReference member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                AddMember(member.Parent, member.Name);
                if (member.GetKind() == MemberReferenceKind.Method)
                    member.DecodeMethodSignature(this, null);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification specification = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                specification.DecodeSignature(this, null);
                Add(specification.Method);
                break;
        }
    }

    private void AddMember(EntityHandle type, StringHandle name)
    {
        Add(type);
        if (type.Kind is HandleKind.TypeReference or HandleKind.TypeDefinition)
            _uses.Add((_user, $"{Name(type)}::{_metadata.GetString(name)}"));
    }

    /// <summary>The full name of the outermost type around a type.</summary>
    private string Name(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeDefinition)
        {
            TypeDefinition type = _metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
            return type.IsNested ? Name(type.GetDeclaringType()) : Name(type.Namespace, type.Name);
        }
        TypeReference reference = _metadata.GetTypeReference((TypeReferenceHandle)handle);
        return reference.ResolutionScope.Kind == HandleKind.TypeReference ? Name(reference.ResolutionScope) : Name(reference.Namespace, reference.Name);
    }

    private string Name(StringHandle space, StringHandle name) =>
        space.IsNil ? _metadata.GetString(name) : $"{_metadata.GetString(space)}.{_metadata.GetString(name)}";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Seen(handle);
    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Seen(handle);
    public string GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    private string Seen(EntityHandle handle)
    {
        Add(handle);
        return "";
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";
    public string GetSZArrayType(string elementType) => "";
    public string GetArrayType(string elementType, ArrayShape shape) => "";
    public string GetByReferenceType(string elementType) => "";
    public string GetPointerType(string elementType) => "";
    public string GetPinnedType(string elementType) => "";
    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => "";
    public string GetGenericMethodParameter(object? genericContext, int index) => "";
    public string GetGenericTypeParameter(object? genericContext, int index) => "";
    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => "";
    public string GetFunctionPointerType(MethodSignature<string> signature) => "";
}
